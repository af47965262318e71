/** The workspace's columns as they are cached. Apart from what changes them: every page follows them. */

import type { QueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import type { Column } from "@/lib/api/types";

/** Live events keep the list fresh, so it never becomes stale by itself. */
export function columnsQuery(workspaceId: string) {
  const path = { workspace_id: workspaceId };
  return api.queryOptions(
    "get",
    "/workspaces/{workspace_id}/columns",
    { params: { path } },
    {
      staleTime: Number.POSITIVE_INFINITY,
    },
  );
}

/** One column as cached, if it is. */
export function cachedColumn(client: QueryClient, workspaceId: string, columnId: string): Column | undefined {
  const data = client.getQueryData<{ columns: Column[] }>(columnsQuery(workspaceId).queryKey);
  return data?.columns.find((each) => each.id === columnId);
}
