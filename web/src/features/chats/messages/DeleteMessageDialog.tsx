/** Asks once before a message is deleted for everybody in the chat. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Stack, Text } from "@mantine/core";
import { ConfirmDialog } from "@/components/ConfirmDialog";
import { problemText } from "@/lib/problemText";
import type { Message } from "@/live/types";
import { useDeleteMessage } from "./messageChanges";

interface DeleteMessageDialogProps {
  chatId: string;
  message: Message;
  onClose: () => void;
}

export function DeleteMessageDialog({ chatId, message, onClose }: DeleteMessageDialogProps) {
  const { t } = useLingui();
  const remove = useDeleteMessage(chatId);
  return (
    <ConfirmDialog
      title={t`Delete message`}
      action={t`Delete for everyone`}
      isBusy={remove.isPending}
      problem={remove.error && problemText(remove.error)}
      onConfirm={() => remove.mutate(message, { onSuccess: onClose })}
      onClose={onClose}
    >
      <Stack gap="md">
        <Text>
          <Trans>Delete this message for everyone in the chat?</Trans>
        </Text>
        {message.text !== "" && (
          <Text c="dimmed" lineClamp={3} dir="auto">
            {message.text}
          </Text>
        )}
      </Stack>
    </ConfirmDialog>
  );
}
