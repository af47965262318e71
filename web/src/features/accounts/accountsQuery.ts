/** The accounts of a workspace, as they are asked for: apart from what is done with them, as a route asks before it. */

import { api } from "@/lib/api/client";

export function accountsQuery(workspaceId: string) {
  return api.queryOptions("get", "/workspaces/{workspace_id}/accounts", {
    params: { path: { workspace_id: workspaceId } },
  });
}
