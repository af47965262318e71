/** Let somebody go who asked to, or have them stay. */

import { useMutation, useQueryClient } from "@tanstack/react-query";

import { http } from "@/lib/api/client";
import { useWorkspace } from "@/lib/session";

import { membersQuery } from "../members/members";
import { leaveRequestsQuery } from "./leaveRequestsQuery";

type Decision = "approve" | "deny";

const paths = {
  approve: "/workspaces/{workspace_id}/leave-requests/{user_id}/approve",
  deny: "/workspaces/{workspace_id}/leave-requests/{user_id}/deny",
} as const;

export function useDecide(userId: string) {
  const workspaceId = useWorkspace().id;
  const client = useQueryClient();
  const path = { workspace_id: workspaceId, user_id: userId };
  const mutation = useMutation({
    mutationFn: (decision: Decision) => http.POST(paths[decision], { params: { path } }),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries(leaveRequestsQuery(workspaceId)),
        client.invalidateQueries(membersQuery(workspaceId)),
      ]),
  });
  return { ...mutation, decide: mutation.mutateAsync };
}
