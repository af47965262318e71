/** Asks once before a member is taken out of a group. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Text } from "@mantine/core";
import { ConfirmDialog } from "@/components/ConfirmDialog";
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
  const remove = useGroupChange("group.remove", chatId, { isToldHere: true });
  return (
    <ConfirmDialog
      title={isBan ? t`Remove and ban` : t`Remove from the group`}
      action={t`Remove`}
      isBusy={remove.isPending}
      problem={remove.error && refusalText(remove.error)}
      onConfirm={() => remove.mutate({ member_id: member.id, is_banned: isBan }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <Text>
        {isBan ? (
          <Trans>{member.name} leaves the group and cannot come back by its link.</Trans>
        ) : (
          <Trans>{member.name} leaves the group. They can join again.</Trans>
        )}
      </Text>
    </ConfirmDialog>
  );
}
