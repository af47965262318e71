/** The account is connected; its chats are coming in, and those that stay out can be picked. */

import { Trans } from "@lingui/react/macro";
import { Button, Group, Stack, Text, ThemeIcon, Title } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Check } from "lucide-react";
import { useEffect } from "react";

import { LinkButton } from "@/components/LinkButton";
import { useWorkspace } from "@/lib/session";

import { accountTitle, useAccounts } from "../accounts";
import { accountsQuery } from "../accountsQuery";
import { PickChats } from "../excluded/PickChats";
import { useSyncProgress } from "../syncProgress";

interface Props {
  accountId: string;
  onAnother: () => void;
}

export function ConnectedStep({ accountId, onAnother }: Props) {
  const workspace = useWorkspace();
  const queryClient = useQueryClient();
  useEffect(() => {
    void queryClient.invalidateQueries(accountsQuery(workspace.id));
  }, [queryClient, workspace.id]);
  const account = useAccounts().data?.accounts.find((each) => each.id === accountId);
  const name = account && accountTitle(account);
  const isRead = useSyncProgress(accountId)?.done === true;
  return (
    <Stack gap="md" align="center" py="lg">
      <ThemeIcon size={48} radius="xl" variant="light" color="green" aria-hidden>
        <Check size={26} />
      </ThemeIcon>
      <Title order={2}>{name ? <Trans>{name} is connected</Trans> : <Trans>Connected</Trans>}</Title>
      <Progress accountId={accountId} />
      {isRead && <PickChats accountId={accountId} />}
      <Group>
        <Button variant="default" onClick={onAnother}>
          <Trans>Connect another</Trans>
        </Button>
        <LinkButton to="/w/$ws/inbox" params={{ ws: workspace.id }}>
          <Trans>Open inbox</Trans>
        </LinkButton>
      </Group>
    </Stack>
  );
}

function Progress({ accountId }: { accountId: string }) {
  const progress = useSyncProgress(accountId);
  return (
    <Text c="dimmed" role="status">
      {progress === undefined && <Trans>Its chats are on their way.</Trans>}
      {progress && !progress.done && <Trans>{progress.chats} chats so far…</Trans>}
      {progress?.done && <Trans>{progress.chats} chats are in.</Trans>}
    </Text>
  );
}
