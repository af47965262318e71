/** The guard of every page that needs a signed-in person. */

import type { QueryClient } from "@tanstack/react-query";
import { redirect } from "@tanstack/react-router";

import { ApiError } from "@/lib/api/errors";
import type { Me } from "@/lib/api/types";
import { meQuery } from "@/lib/session";

/** The signed-in person, else a redirect to the sign-in page that comes back to `href` afterwards. */
export async function requireMe(queryClient: QueryClient, href: string): Promise<Me> {
  try {
    return await queryClient.ensureQueryData(meQuery);
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 401) throw error;
    throw redirect({ to: "/sign-in", search: href === "/" ? {} : { next: href } });
  }
}
