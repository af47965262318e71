/** Which of the first steps this workspace has behind it. */

import { useQuery } from "@tanstack/react-query";
import { accountsQuery } from "@/features/accounts/accountsQuery";
import { api } from "@/lib/api/client";
import { useWorkspace } from "@/lib/session";

export function useFirstSteps() {
  const workspace = useWorkspace();
  const path = { workspace_id: workspace.id };
  const accounts = useQuery(accountsQuery(workspace.id));
  const columns = api.useQuery("get", "/workspaces/{workspace_id}/columns", { params: { path } });
  const members = api.useQuery("get", "/workspaces/{workspace_id}/members", { params: { path } });
  const all = [accounts, columns, members];
  return {
    isPending: all.some((each) => each.isPending),
    error: all.find((each) => each.isError)?.error,
    retry: () => {
      for (const each of all) void each.refetch();
    },
    hasAccount: accounts.data?.accounts.some((each) => each.mine) ?? false,
    hasColumn: columns.data?.columns.some((each) => !each.reserved) ?? false,
    hasTeammate: (members.data?.members.length ?? 0) > 1,
  };
}
