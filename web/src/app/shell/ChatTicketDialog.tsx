/** Makes a ticket about the open chat, and says where it is. */

import { useLingui } from "@lingui/react/macro";

import TicketDialog from "@/features/tickets/TicketDialog";
import { notifyDone } from "@/lib/notify";

interface ChatTicketDialogProps {
  chatId: string;
  /** A message of the chat that the ticket quotes. */
  messageId: number | undefined;
  onClose: () => void;
}

export default function ChatTicketDialog({ chatId, messageId, onClose }: ChatTicketDialogProps) {
  const { t } = useLingui();
  return (
    <TicketDialog
      chatId={chatId}
      quotes={messageId === undefined ? [] : [{ chat_id: chatId, message_id: messageId }]}
      onClose={onClose}
      onMade={({ number }) => {
        onClose();
        notifyDone(t`Ticket #${number} created.`);
      }}
    />
  );
}
