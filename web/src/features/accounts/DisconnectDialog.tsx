/** Disconnect my session on an account; the person types its label to confirm. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, List, Stack, Text, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";

import { Dialog } from "@/components/Dialog";
import { FormProblem } from "@/components/FormProblem";
import { api } from "@/lib/api/client";
import type { Account } from "@/lib/api/types";
import { notifyDone } from "@/lib/notify";
import { problemText } from "@/lib/problemText";
import { useWorkspace } from "@/lib/session";

import { accountsQuery, accountTitle } from "./accounts";

interface Props {
  account: Account;
  opened: boolean;
  onClose: () => void;
}

export function DisconnectDialog({ account, opened, onClose }: Props) {
  const title = accountTitle(account);
  return (
    <Dialog opened={opened} onClose={onClose} title={<Trans>Disconnect {title}?</Trans>}>
      <DisconnectForm account={account} onDone={onClose} />
    </Dialog>
  );
}

function DisconnectForm({ account, onDone }: { account: Account; onDone: () => void }) {
  const { t } = useLingui();
  const title = accountTitle(account);
  const [typed, setTyped] = useState("");
  const disconnect = useDisconnect(account, onDone);
  const isConfirmed = typed.trim() === title;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isConfirmed) disconnect.run();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="lg">
        <FormProblem>{disconnect.error ? problemText(disconnect.error) : null}</FormProblem>
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
        <TextInput
          label={t`Type ${title} to confirm`}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          autoComplete="off"
          data-autofocus
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            <Trans>Keep it connected</Trans>
          </Button>
          <Button type="submit" color="red" disabled={!isConfirmed} loading={disconnect.isPending}>
            <Trans>Disconnect account</Trans>
          </Button>
        </Group>
        <Text size="xs" c="dimmed">
          <Trans>If Telegram is away, this completes on its own later.</Trans>
        </Text>
      </Stack>
    </form>
  );
}

function useDisconnect(account: Account, onDone: () => void) {
  const { t } = useLingui();
  const workspace = useWorkspace();
  const queryClient = useQueryClient();
  const mutation = api.useMutation("delete", "/workspaces/{workspace_id}/accounts/{account_id}/connection", {
    onSuccess: async () => {
      await queryClient.invalidateQueries(accountsQuery(workspace.id));
      notifyDone(t`Account disconnected.`);
      onDone();
    },
  });
  const path = { workspace_id: workspace.id, account_id: account.id };
  return { ...mutation, run: () => mutation.mutate({ params: { path } }) };
}
