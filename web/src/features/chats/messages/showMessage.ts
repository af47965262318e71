/** Lets what stands beside the log, such as the bar of pinned messages, have a message of it shown. */

import { useEffect } from "react";

/** A message, or the end of the log. */
export type Place = number | "end";

const shows = new Map<string, (place: Place) => void>();

/** Shows a message of the chat that is open, or its end; nothing happens for others. */
export function showMessage(chatId: string, place: Place): void {
  shows.get(chatId)?.(place);
}

/** The log answers for its chat while it is mounted. */
export function useShownFromOutside(chatId: string, show: (place: Place) => void): void {
  useEffect(() => {
    shows.set(chatId, show);
    return () => void shows.delete(chatId);
  }, [chatId, show]);
}
