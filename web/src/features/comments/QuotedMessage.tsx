/** The message a comment is about, shown live to whoever may read the chat. Its text is kept nowhere else. */

import { Trans } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { EyeOff, Reply } from "lucide-react";
import type { Comment } from "@/lib/api/types";
import { useLive } from "@/live/LiveProvider";
import classes from "./comments.module.css";

interface QuotedMessageProps {
  quote: NonNullable<Comment["quote"]>;
  /** Whether the person reads the chat themselves. */
  isReadable: boolean;
}

export function QuotedMessage({ quote, isReadable }: QuotedMessageProps) {
  const live = useLive();
  const { data, error } = useQuery({
    queryKey: ["original", quote.chat_id, quote.message_id],
    queryFn: async () => {
      const body = { chat_id: quote.chat_id, message_ids: [quote.message_id] };
      return (await live.request("message.get", body)).messages[0] ?? null;
    },
    enabled: isReadable,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (!isReadable || error) {
    return (
      <p className={classes.quote}>
        <EyeOff size={14} aria-hidden />
        <Trans>About a message. Only people connected to this account see it.</Trans>
      </p>
    );
  }
  return (
    <p className={classes.quote} dir="auto">
      <Reply size={14} aria-hidden />
      {data === null ? <Trans>Deleted message</Trans> : data?.text || <Trans>Attachment</Trans>}
    </p>
  );
}
