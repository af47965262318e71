/** Ends by hand what PEER_FLOOD set; the activity log keeps who did. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";

import { api } from "@/lib/api/client";
import type { Account } from "@/lib/api/types";
import { notifyDone, notifyProblem } from "@/lib/notify";
import { problemText } from "@/lib/problemText";
import { useWorkspace } from "@/lib/session";

import { accountsQuery } from "./accountsQuery";
import { standingKey } from "./standing";

export function ResumeButton({ account }: { account: Account }) {
  const { t } = useLingui();
  const workspace = useWorkspace();
  const queryClient = useQueryClient();
  const resume = api.useMutation("post", "/workspaces/{workspace_id}/accounts/{account_id}/resume", {
    onSuccess: async () => {
      await queryClient.invalidateQueries(accountsQuery(workspace.id));
      await queryClient.invalidateQueries({ queryKey: standingKey(account.id) });
      notifyDone(t`The account may write first again.`);
    },
    onError: (error) => notifyProblem(problemText(error)),
  });
  const path = { workspace_id: workspace.id, account_id: account.id };
  return (
    <Button
      size="compact-sm"
      variant="default"
      loading={resume.isPending}
      onClick={() => resume.mutate({ params: { path } })}
    >
      <Trans>Resume</Trans>
    </Button>
  );
}
