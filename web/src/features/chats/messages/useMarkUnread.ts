/** The mark of an unread chat: taken off when the chat is opened, put on by hand when it is left. */

import { useEffect } from "react";
import { useLive } from "@/live/LiveProvider";
import { useIsMarked, useTalk } from "../ChatsProvider";

/** Takes the mark off a chat that is opened. */
export function useUnmarked(chatId: string): void {
  const isMarked = useIsMarked(chatId);
  const mark = useMarkUnread();
  // biome-ignore lint/correctness/useExhaustiveDependencies: marked by hand while it is open, it stays marked.
  useEffect(() => {
    if (isMarked) mark(chatId, false);
  }, [chatId]);
}

/** Gives a function that marks a chat as unread, or takes the mark off. A refusal leaves it as it was shown. */
export function useMarkUnread(): (chatId: string, isUnread: boolean) => void {
  const live = useLive();
  const talk = useTalk();
  return (chatId, isUnread) => {
    talk.setMarked(chatId, isUnread);
    live.request("chat.mark_unread", { chat_id: chatId, is_unread: isUnread }).catch(() => {
      talk.setMarked(chatId, !isUnread);
    });
  };
}
