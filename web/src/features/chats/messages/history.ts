/** Loading a chat's history into the message store: the newest page when it is opened, older ones on approach. */

import { useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import type { Chat } from "@/lib/api/types";
import { useLive, useLiveStatus } from "@/live/LiveProvider";
import { useMessageStore, useTalk } from "../ChatsProvider";
import { withLatestPage, withOlderPage, withReadOut } from "./log";

const PAGE = 50;

interface OlderHistory {
  loadOlder: () => void;
  isFailed: boolean;
}

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

/**
 * Says on each new socket which group or channel is shown: Telegram does not push all that happens there, so the gateway
 * asks for it meanwhile. A refusal changes nothing of what is shown.
 */
export function useShownChat(chat: Chat): void {
  const live = useLive();
  const isOpen = useLiveStatus() === "open";
  const shown = chat.kind === "group" || chat.kind === "channel" ? chat.id : null;
  useEffect(() => {
    if (!isOpen || shown === null) return;
    const show = (chatId: string | null) =>
      live.request("chat.watch", { chat_id: chatId }).catch(() => undefined);
    void show(shown);
    return () => {
      if (live.status === "open") void show(null);
    };
  }, [live, isOpen, shown]);
}

/** A message by its id, which is answered by one that is shown; null when it is there no more. */
export function useOriginal(chatId: string, messageId: number, isWanted: boolean) {
  const live = useLive();
  return useQuery({
    queryKey: ["original", chatId, messageId],
    queryFn: async () => {
      const body = { chat_id: chatId, message_ids: [messageId] };
      return (await live.request("message.get", body)).messages[0] ?? null;
    },
    enabled: isWanted,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** How far the other side has read, and what is typed in the chat, read anew whenever it is opened. */
export function useChatMarks(chatId: string, isWanted: boolean): void {
  const live = useLive();
  const store = useMessageStore();
  const talk = useTalk();
  useQuery({
    queryKey: ["history", chatId, "marks"],
    queryFn: async () => {
      const marks = await live.request("chat.marks", { chat_id: chatId });
      store.change(chatId, (log) => withReadOut(log, marks.read_out_up_to));
      talk.offerDraft(chatId, marks.draft);
      return marks.read_out_up_to;
    },
    enabled: isWanted,
    staleTime: 0,
    refetchOnWindowFocus: false,
  });
}

/** What waits to be sent, read anew whenever a chat is opened. Where one may not write, nothing ever waits. */
export function useScheduledList(chatId: string, isWanted: boolean): void {
  const live = useLive();
  const talk = useTalk();
  useQuery({
    queryKey: ["history", chatId, "scheduled"],
    queryFn: async () => {
      const { messages } = await live.request("scheduled.list", { chat_id: chatId });
      talk.setScheduled(chatId, messages);
      return messages.length;
    },
    enabled: isWanted,
    staleTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
  });
}

/** Gives a function that loads the page before the oldest known message, one at a time. */
export function useOlderHistory(chatId: string): OlderHistory {
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
