/** Asks once before a member is taken out of a group. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Input, Stack, Text } from "@mantine/core";
import { Dialog } from "@/components/Dialog";
import { type GroupMember, useGroupChange } from "./chatInfo";
import { refusalText } from "./telegramRefusals";

interface RemoveDialogProps {
  chatId: string;
  member: GroupMember;
  isBan: boolean;
  onClose: () => void;
}

export function RemoveDialog({ chatId, member, isBan, onClose }: RemoveDialogProps) {
  const { t } = useLingui();
  const remove = useGroupChange("group.remove", chatId);
  return (
    <Dialog opened onClose={onClose} title={isBan ? t`Remove and ban` : t`Remove from the group`}>
      <Stack gap="md">
        <Text>
          {isBan ? (
            <Trans>{member.name} leaves the group and cannot come back by its link.</Trans>
          ) : (
            <Trans>{member.name} leaves the group. They can join again.</Trans>
          )}
        </Text>
        {remove.error && <Input.Error role="alert">{refusalText(remove.error)}</Input.Error>}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            <Trans>Cancel</Trans>
          </Button>
          <Button
            color="red"
            loading={remove.isPending}
            onClick={() => remove.mutate({ member_id: member.id, is_banned: isBan }, { onSuccess: onClose })}
          >
            <Trans>Remove</Trans>
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
