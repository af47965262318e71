/** Messages a ticket was made from. A ticket keeps where they are; what they say is read live, by who may see it. */

import { Trans } from "@lingui/react/macro";
import { QuotedMessage } from "@/features/comments/QuotedMessage";
import type { Ticket } from "@/lib/api/types";
import classes from "./TicketPanel.module.css";

export function Quotes({ ticket }: { ticket: Ticket }) {
  return (
    <section className={classes.section}>
      <h3>
        <Trans>Quoted messages</Trans>
      </h3>
      {ticket.quotes.map((quote) => (
        <QuotedMessage key={`${quote.chat_id}-${quote.message_id}`} quote={quote} />
      ))}
    </section>
  );
}
