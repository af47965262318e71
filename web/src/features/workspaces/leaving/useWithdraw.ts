/** Take one's own request to leave back. */

import { useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";

import { api } from "@/lib/api/client";
import { notifyDone, notifyProblem } from "@/lib/notify";
import { problemText } from "@/lib/problemText";
import { useWorkspace } from "@/lib/session";

import { membersQuery } from "../members/members";

export function useWithdraw() {
  const { t } = useLingui();
  const client = useQueryClient();
  const path = { workspace_id: useWorkspace().id };
  const mutation = api.useMutation("delete", "/workspaces/{workspace_id}/leave-request", {
    onSuccess: () => notifyDone(t`Request withdrawn. You stay.`),
    onError: (error) => notifyProblem(problemText(error)),
    onSettled: () => client.invalidateQueries(membersQuery(path.workspace_id)),
  });
  return { isPending: mutation.isPending, run: () => mutation.mutate({ params: { path } }) };
}
