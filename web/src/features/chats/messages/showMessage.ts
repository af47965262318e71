/** Lets what stands beside the log, such as the bar of pinned messages, have a message of it shown. */

import { useEffect } from "react";

const shows = new Map<string, (messageId: number) => void>();

/** Shows a message of the chat that is open; nothing happens for others. */
export function showMessage(chatId: string, messageId: number): void {
  shows.get(chatId)?.(messageId);
}

/** The log answers for its chat while it is mounted. */
export function useShownFromOutside(chatId: string, show: (messageId: number) => void): void {
  useEffect(() => {
    shows.set(chatId, show);
    return () => void shows.delete(chatId);
  }, [chatId, show]);
}
