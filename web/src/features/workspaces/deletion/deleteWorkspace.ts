/** Ask for a workspace's deletion, or take it back. */

import { http } from "@/lib/api/client";
import type { Proof } from "@/lib/api/types";

/** `now` leaves no way back; asked again with it, a deletion that was to come is made at once. */
export async function deleteWorkspace(
  workspaceId: string,
  body: { name: string; now: boolean; proof: Proof },
): Promise<void> {
  const params = { path: { workspace_id: workspaceId } };
  await http.POST("/workspaces/{workspace_id}/deletion", { params, body });
}

export async function undoDeletion(workspaceId: string): Promise<void> {
  const params = { path: { workspace_id: workspaceId } };
  await http.DELETE("/workspaces/{workspace_id}/deletion", { params });
}
