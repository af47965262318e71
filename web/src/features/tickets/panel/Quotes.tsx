/** Messages a ticket was made from. A ticket keeps where they are; what they say is read live, by who may see it. */

import { Trans } from "@lingui/react/macro";
import { Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useChats } from "@/features/chats/cache";
import type { Ticket } from "@/lib/api/types";
import { useWorkspace } from "@/lib/session";
import { useLive } from "@/live/LiveProvider";
import classes from "./TicketPanel.module.css";

type QuoteOf = Ticket["quotes"][number];

export function Quotes({ ticket }: { ticket: Ticket }) {
  return (
    <section className={classes.section}>
      <h3>
        <Trans>Quoted messages</Trans>
      </h3>
      {ticket.quotes.map((quote) => (
        <Quote key={`${quote.chat_id}-${quote.message_id}`} quote={quote} />
      ))}
    </section>
  );
}

function Quote({ quote }: { quote: QuoteOf }) {
  const chat = useChats(useWorkspace().id).chats.find((each) => each.id === quote.chat_id);
  if (!chat?.private) {
    return (
      <Text size="sm" c="dimmed">
        <Trans>Only people who connected this account read its messages.</Trans>
      </Text>
    );
  }
  return <Words quote={quote} />;
}

function Words({ quote }: { quote: QuoteOf }) {
  const { data, isPending, isError } = useQuoted(quote);
  if (isPending) return null;
  return (
    <blockquote className={classes.quote} dir="auto">
      {isError ? (
        <Trans>This message can't be read at the moment.</Trans>
      ) : (
        (data ?? <Trans>This message is no longer there.</Trans>)
      )}
    </blockquote>
  );
}

/** In this tab's memory only, and only while it is shown. */
function useQuoted({ chat_id, message_id }: QuoteOf) {
  const live = useLive();
  return useQuery({
    queryKey: ["quoted", chat_id, message_id],
    queryFn: async () => {
      const asked = { chat_id, before_id: null, around_id: message_id, limit: 1 };
      const { messages } = await live.request("chat.history", asked);
      return messages.find((message) => message.id === message_id)?.text ?? null;
    },
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
  });
}
