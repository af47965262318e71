/** Asks before an invitation is taken back: its link cannot be brought to life again. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Stack, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";

import { Dialog } from "@/components/Dialog";
import { Refusal } from "@/components/Refusal";
import { api } from "@/lib/api/client";
import type { Invite } from "@/lib/api/types";
import { notifyDone } from "@/lib/notify";
import { useWorkspace } from "@/lib/session";

import { invitesQuery } from "./invitesQuery";

interface Props {
  invite: Invite;
  who: string;
  onClose: () => void;
}

export function RevokeDialog({ invite, who, onClose }: Props) {
  const { t } = useLingui();
  const workspaceId = useWorkspace().id;
  const client = useQueryClient();
  const revoke = api.useMutation("delete", "/workspaces/{workspace_id}/invites/{invite_id}", {
    onSuccess: () => {
      notifyDone(t`Invitation revoked.`);
      onClose();
    },
    onSettled: () => client.invalidateQueries(invitesQuery(workspaceId)),
  });
  const path = { workspace_id: workspaceId, invite_id: invite.id };
  return (
    <Dialog opened onClose={onClose} title={<Trans>Revoke the invitation?</Trans>}>
      <Stack gap="lg">
        <Refusal error={revoke.error} />
        <Text>
          {invite.email === null ? (
            <Trans>The link stops working at once, whoever has it. You can always make a new one.</Trans>
          ) : (
            <Trans>The link mailed to {who} stops working at once. You can always make a new one.</Trans>
          )}
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            <Trans>Keep it</Trans>
          </Button>
          <Button
            color="red"
            loading={revoke.isPending}
            onClick={() => revoke.mutate({ params: { path } })}
            data-autofocus
          >
            <Trans>Revoke invitation</Trans>
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
