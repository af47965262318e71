/** Asks once before a message is deleted for everybody in the chat. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Input, Modal, Stack, Text } from "@mantine/core";
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
    <Modal
      opened
      onClose={onClose}
      size={440}
      title={t`Delete message`}
      closeButtonProps={{ "aria-label": t`Close` }}
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
        {remove.error && <Input.Error role="alert">{problemText(remove.error)}</Input.Error>}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            <Trans>Cancel</Trans>
          </Button>
          <Button
            color="red"
            loading={remove.isPending}
            onClick={() => remove.mutate(message, { onSuccess: onClose })}
          >
            <Trans>Delete for everyone</Trans>
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
