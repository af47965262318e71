/** Disconnect my session on an account; the person types its label to confirm. */

import { Trans, useLingui } from "@lingui/react/macro";
import { List, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";

import { TypedDialog } from "@/components/TypedDialog";
import { http } from "@/lib/api/client";
import type { Account } from "@/lib/api/types";
import { notifyDone } from "@/lib/notify";
import { useWorkspace } from "@/lib/session";

import { accountTitle } from "./accounts";
import { accountsQuery } from "./accountsQuery";

interface Props {
  account: Account;
  onClose: () => void;
}

export function DisconnectDialog({ account, onClose }: Props) {
  const { t } = useLingui();
  const workspace = useWorkspace();
  const queryClient = useQueryClient();
  const title = accountTitle(account);
  const run = async () => {
    const path = { workspace_id: workspace.id, account_id: account.id };
    await http.DELETE("/workspaces/{workspace_id}/accounts/{account_id}/connection", { params: { path } });
    await queryClient.invalidateQueries(accountsQuery(workspace.id));
    notifyDone(t`Account disconnected.`);
  };
  return (
    <TypedDialog
      onClose={onClose}
      title={<Trans>Disconnect {title}?</Trans>}
      typed={title}
      action={<Trans>Disconnect account</Trans>}
      run={run}
    >
      <List spacing="xs" size="sm">
        <List.Item>
          <Trans>Wireroom signs out at Telegram and destroys its session.</Trans>
        </List.Item>
        <List.Item>
          <Trans>Messages stay in Telegram, on your phone.</Trans>
        </List.Item>
        <List.Item>
          <Trans>Columns, values and the activity log stay in the workspace.</Trans>
        </List.Item>
      </List>
      <Text size="xs" c="dimmed">
        <Trans>If Telegram is away, this completes on its own later.</Trans>
      </Text>
    </TypedDialog>
  );
}
