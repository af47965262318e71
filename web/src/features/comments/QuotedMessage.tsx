/** A message that a comment or a ticket is about, shown live to whoever may read the chat. Its text is kept nowhere else. */

import { Trans } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { EyeOff, Reply } from "lucide-react";
import type { Comment } from "@/lib/api/types";
import { useLive } from "@/live/LiveProvider";
import classes from "./comments.module.css";

export function QuotedMessage({ quote }: { quote: NonNullable<Comment["quote"]> }) {
  const live = useLive();
  const { data, error, isPending } = useQuery({
    queryKey: ["original", quote.chat_id, quote.message_id],
    queryFn: async () => {
      const body = { chat_id: quote.chat_id, message_ids: [quote.message_id] };
      return (await live.request("message.get", body)).messages[0] ?? null;
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (isPending) return null;
  if (error) {
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
      {data === null ? <Trans>Deleted message</Trans> : data.text || <Trans>Attachment</Trans>}
    </p>
  );
}
