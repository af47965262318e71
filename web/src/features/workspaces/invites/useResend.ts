/** Make a new link for an invitation; the old one stops working, and the seven days begin anew. */

import { useQueryClient } from "@tanstack/react-query";

import { api } from "@/lib/api/client";
import type { NewInvite } from "@/lib/api/types";
import { useWorkspace } from "@/lib/session";

import { invitesQuery } from "./invitesQuery";

export function useResend(inviteId: string): { isPending: boolean; run: () => Promise<NewInvite> } {
  const workspaceId = useWorkspace().id;
  const client = useQueryClient();
  const path = { workspace_id: workspaceId, invite_id: inviteId };
  const mutation = api.useMutation("post", "/workspaces/{workspace_id}/invites/{invite_id}/resend", {
    onSettled: () => client.invalidateQueries(invitesQuery(workspaceId)),
  });
  return { isPending: mutation.isPending, run: () => mutation.mutateAsync({ params: { path } }) };
}
