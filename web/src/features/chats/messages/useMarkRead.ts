/** Tells Telegram how far the person has read: while the chat is on screen, at its end, in a visible tab. */

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useSyncExternalStore } from "react";
import type { Chat } from "@/lib/api/types";
import { useWorkspace } from "@/lib/session";
import { useLive } from "@/live/LiveProvider";
import { patchChat } from "../cache";
import type { ChatLog } from "./log";

export function useMarkRead(chat: Chat, log: ChatLog, isAtEnd: boolean): void {
  const live = useLive();
  const client = useQueryClient();
  const workspaceId = useWorkspace().id;
  const isVisible = useSyncExternalStore(onVisibility, () => document.visibilityState === "visible");
  const told = useRef(0);
  const lastId = log.messages.at(-1)?.id ?? 0;
  const isDue = isAtEnd && isVisible && (chat.private?.unread_count ?? 0) > 0;
  useEffect(() => {
    if (!isDue || lastId <= told.current) return;
    told.current = lastId;
    live.request("chat.read", { chat_id: chat.id, up_to_id: lastId }).then(
      ({ unread_count }) =>
        patchChat(client, workspaceId, chat.id, (each) =>
          each.private ? { ...each, private: { ...each.private, unread_count } } : each,
        ),
      () => {
        told.current = 0;
      },
    );
  }, [isDue, lastId, chat.id, live, client, workspaceId]);
}

function onVisibility(listener: () => void): () => void {
  document.addEventListener("visibilitychange", listener);
  return () => document.removeEventListener("visibilitychange", listener);
}
