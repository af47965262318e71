/** The people and groups the workspace's accounts know, page by page. */

import { infiniteQueryOptions, useInfiniteQuery } from "@tanstack/react-query";
import { http } from "@/lib/api/client";
import type { Contact, KnownGroup } from "@/lib/api/types";
import { useWorkspace } from "@/lib/session";

const PAGE = 100;

export type Party = Contact | KnownGroup;

export type Whom = "contacts" | "groups";

interface PartyPage {
  parties: readonly Party[];
  next_cursor: string | null;
}

function partiesQuery(workspaceId: string, whom: Whom) {
  return infiniteQueryOptions({
    queryKey: [whom, workspaceId],
    queryFn: ({ pageParam, signal }) => fetchPage(workspaceId, whom, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last: PartyPage) => last.next_cursor ?? undefined,
  });
}

async function fetchPage(
  workspaceId: string,
  whom: Whom,
  cursor: string | undefined,
  signal: AbortSignal,
): Promise<PartyPage> {
  const query = cursor === undefined ? { limit: PAGE } : { limit: PAGE, cursor };
  const params = { path: { workspace_id: workspaceId }, query };
  if (whom === "contacts") {
    const { data } = await http.GET("/workspaces/{workspace_id}/contacts", { params, signal });
    return { parties: data?.contacts ?? [], next_cursor: data?.next_cursor ?? null };
  }
  const { data } = await http.GET("/workspaces/{workspace_id}/groups", { params, signal });
  return { parties: data?.groups ?? [], next_cursor: data?.next_cursor ?? null };
}

export function useParties(whom: Whom) {
  return useInfiniteQuery(partiesQuery(useWorkspace().id, whom));
}
