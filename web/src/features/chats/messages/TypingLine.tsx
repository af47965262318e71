/** Who is writing just now. */

import { Plural, Trans } from "@lingui/react/macro";
import type { Chat } from "@/lib/api/types";
import { useChatLog, useTypists } from "../ChatsProvider";

/** Nothing while nobody writes. In a group the names come from what they wrote before: Telegram does not tell them. */
export function TypingLine({ chat }: { chat: Chat }) {
  const typists = useTypists(chat.id);
  const { messages } = useChatLog(chat.id);
  if (typists.length === 0) return null;
  if (chat.kind !== "group") return <Trans>typing…</Trans>;
  const names = typists.map(
    ({ id, name }) => name || messages.findLast((each) => each.sender?.id === id)?.sender?.name,
  );
  const name = names[0];
  if (typists.length > 1 || !name)
    return <Plural value={typists.length} one="somebody is typing…" other="# people are typing…" />;
  return <Trans>{name} is typing…</Trans>;
}
