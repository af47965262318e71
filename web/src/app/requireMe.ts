/** The guard of every page that needs a signed-in person. */

import type { QueryClient } from "@tanstack/react-query";
import { redirect } from "@tanstack/react-router";

import { ApiError, isPassing } from "@/lib/api/errors";
import type { Me } from "@/lib/api/types";
import { meQuery } from "@/lib/session";

interface Address {
  href: string;
  pathname: string;
}

/**
 * The signed-in person, else a redirect to the sign-in page that comes back to the address afterwards. While the API
 * can't be reached, the one whose rows this browser keeps and still holds the key of.
 */
export async function requireMe(queryClient: QueryClient, { href, pathname }: Address): Promise<Me> {
  try {
    return await queryClient.ensureQueryData(meQuery);
  } catch (error) {
    const kept = isPassing(error) ? await keptMe(queryClient, workspaceIn(pathname)) : undefined;
    if (kept) return kept;
    if (!(error instanceof ApiError) || error.status !== 401) throw error;
    throw redirect({ to: "/sign-in", search: href === "/" ? {} : { next: href } });
  }
}

/** The workspace an address names, if it names one. */
export function workspaceIn(pathname: string): string | undefined {
  return /^\/w\/([^/]+)/.exec(pathname)?.[1];
}

async function keptMe(queryClient: QueryClient, workspaceId: string | undefined): Promise<Me | undefined> {
  if (workspaceId === undefined) return undefined;
  const { restoreBoot } = await import("@/lib/kept/boot");
  const isRestored = await restoreBoot(queryClient, workspaceId).catch(() => false);
  return isRestored ? queryClient.getQueryData(meQuery.queryKey) : undefined;
}
