/** Who asks to leave one workspace, as cached. For those who decide. */

import { api } from "@/lib/api/client";

export function leaveRequestsQuery(workspaceId: string) {
  return api.queryOptions("get", "/workspaces/{workspace_id}/leave-requests", {
    params: { path: { workspace_id: workspaceId } },
  });
}
