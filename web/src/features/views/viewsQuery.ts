/** The list of a workspace's saved views, as everybody who reads or renews it calls it. */

import { api } from "@/lib/api/client";

/** Live events keep the list fresh, so it never becomes stale by itself. */
export function viewsQuery(workspaceId: string) {
  const params = { path: { workspace_id: workspaceId } };
  return api.queryOptions(
    "get",
    "/workspaces/{workspace_id}/views",
    { params },
    { staleTime: Number.POSITIVE_INFINITY },
  );
}
