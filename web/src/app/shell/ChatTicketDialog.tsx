/** Makes a ticket about the open chat, and says where it is. */

import { useLingui } from "@lingui/react/macro";

import TicketDialog from "@/features/tickets/TicketDialog";
import { notifyDone } from "@/lib/notify";

export default function ChatTicketDialog({ chatId, onClose }: { chatId: string; onClose: () => void }) {
  const { t } = useLingui();
  return (
    <TicketDialog
      chatId={chatId}
      onClose={onClose}
      onMade={({ number }) => {
        onClose();
        notifyDone(t`Ticket #${number} created.`);
      }}
    />
  );
}
