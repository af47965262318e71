/** Loading a chat's history into the message store: the newest page when it is opened, older ones on approach. */

import { useQuery } from "@tanstack/react-query";
import { useCallback, useRef, useState } from "react";
import { useLive } from "@/live/LiveProvider";
import { useMessageStore } from "../ChatsProvider";
import { withLatestPage, withOlderPage } from "./log";

const PAGE = 50;

/** Loads and, after a gap, reloads the newest page. The messages are in the store; the query only knows how it went. */
export function useLatestHistory(chatId: string, isReadable: boolean) {
  const live = useLive();
  const store = useMessageStore();
  return useQuery({
    queryKey: ["history", chatId],
    queryFn: async () => {
      const page = await live.request("chat.history", { chat_id: chatId, before_id: null, limit: PAGE });
      store.change(chatId, (log) => withLatestPage(log, page));
      return page.messages.length;
    },
    enabled: isReadable,
    staleTime: 0,
    refetchOnWindowFocus: false,
  });
}

/** Gives a function that loads the page before the oldest known message, one at a time. */
export function useOlderHistory(chatId: string): { loadOlder: () => void; isFailed: boolean } {
  const live = useLive();
  const store = useMessageStore();
  const isLoading = useRef(false);
  const [isFailed, setFailed] = useState(false);
  const load = useCallback(async () => {
    const { messages, hasOlder, isLoaded } = store.log(chatId);
    if (isLoading.current || !hasOlder || !isLoaded) return;
    isLoading.current = true;
    try {
      const before = messages[0]?.id ?? null;
      const page = await live.request("chat.history", { chat_id: chatId, before_id: before, limit: PAGE });
      store.change(chatId, (log) => withOlderPage(log, page));
      setFailed(false);
    } catch {
      setFailed(true);
    } finally {
      isLoading.current = false;
    }
  }, [chatId, live, store]);
  return { loadOlder: useCallback(() => void load(), [load]), isFailed };
}
