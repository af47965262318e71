/** Messages a ticket was made from. A ticket keeps where they are; what they say is read live, by who may see it. */

import { Trans } from "@lingui/react/macro";
import { PanelSection } from "@/components/Panel";
import { QuotedMessage } from "@/features/comments/QuotedMessage";
import type { Ticket } from "@/lib/api/types";

export function Quotes({ ticket }: { ticket: Ticket }) {
  return (
    <PanelSection title={<Trans>Quoted messages</Trans>} isDense>
      {ticket.quotes.map((quote) => (
        <QuotedMessage key={`${quote.chat_id}-${quote.message_id}`} quote={quote} />
      ))}
    </PanelSection>
  );
}
