/** The invitations of one workspace, as cached. */

import { api } from "@/lib/api/client";

export function invitesQuery(workspaceId: string) {
  return api.queryOptions("get", "/workspaces/{workspace_id}/invites", {
    params: { path: { workspace_id: workspaceId } },
  });
}
