/** Asks before a role that cannot be taken back: a new Owner, or one's own. */

import { Trans } from "@lingui/react/macro";
import { Button, Group, Stack, Text } from "@mantine/core";

import { Dialog } from "@/components/Dialog";
import type { Member, Role } from "@/lib/api/types";
import { useMe } from "@/lib/session";

import { useRoleName } from "../roles";
import { memberName } from "./members";

interface Props {
  member: Member;
  role: Role;
  onConfirm: () => void;
  onClose: () => void;
}

export function ConfirmRoleDialog({ member, role, onConfirm, onClose }: Props) {
  const roleName = useRoleName();
  const isMe = useMe().user.id === member.user_id;
  const name = memberName(member);
  const next = roleName(role);
  const title = isMe ? <Trans>Become {next} yourself?</Trans> : <Trans>Make {name} an Owner?</Trans>;
  const confirm = () => {
    onConfirm();
    onClose();
  };
  return (
    <Dialog opened onClose={onClose} title={title}>
      <Stack gap="lg">
        <Text>
          {isMe ? (
            <Trans>You lose what only Owners may do. Another Owner can make you Owner again.</Trans>
          ) : (
            <Trans>
              Owners decide everything here: they may delete the workspace, and remove or demote you too.
            </Trans>
          )}
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button onClick={confirm} data-autofocus>
            {isMe ? <Trans>Become {next}</Trans> : <Trans>Make Owner</Trans>}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
