/** What Telegram says of who a chat is with, and the changes that can be made to a group. In this tab's memory only. */

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useState } from "react";
import { notifyProblem } from "@/lib/notify";
import { useLive, useLiveEvent } from "@/live/LiveProvider";
import type { LiveEvents, LiveRequests } from "@/live/types";
import { refusalText } from "./telegramRefusals";

export type ChatInfo = LiveRequests["chat.info"]["out"];
export type GroupInfo = NonNullable<ChatInfo["group"]>;
export type Management = NonNullable<GroupInfo["management"]>;
export type GroupMember = LiveRequests["chat.members"]["out"]["members"][number];

type Change =
  | "group.edit"
  | "group.permit"
  | "group.add"
  | "group.remove"
  | "group.promote"
  | "group.link"
  | "group.slow_mode"
  | "group.leave";

const KEPT_MS = 60_000;
/** Who walks through the list passes chats that nobody needs to be asked about. */
const RESTING_MS = 400;

/** Asked when the chat has been shown for a moment (mount it anew for each chat), and anew when Telegram tells of a change in the group. */
export function useChatInfo(chatId: string) {
  const live = useLive();
  const client = useQueryClient();
  const onChange = useCallback(
    (event: LiveEvents["group.changed"]) => {
      if (event.chat_id !== chatId) return;
      void client.invalidateQueries({ queryKey: ["chat-info", chatId] });
      void client.invalidateQueries({ queryKey: ["chat-members", chatId] });
    },
    [client, chatId],
  );
  useLiveEvent("group.changed", onChange);
  const [isResting, setResting] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setResting(true), RESTING_MS);
    return () => clearTimeout(timer);
  }, []);
  return useQuery({
    enabled: isResting,
    queryKey: ["chat-info", chatId],
    queryFn: () => live.request("chat.info", { chat_id: chatId }),
    staleTime: KEPT_MS,
    retry: false,
    refetchOnWindowFocus: false,
  });
}

/**
 * Makes one kind of change, one after the other in a chat: what members may is sent whole, and two at once undo one
 * another. A refusal is told in words; `isToldHere` is for dialogs that say it themselves.
 */
export function useGroupChange<Type extends Change>(
  type: Type,
  chatId: string,
  { isToldHere = false }: { isToldHere?: boolean } = {},
) {
  const live = useLive();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Omit<LiveRequests[Type]["in"], "chat_id">) =>
      live.request(type, { chat_id: chatId, ...body } as LiveRequests[Type]["in"]),
    scope: { id: `group ${chatId}` },
    onError: (error) => {
      if (!isToldHere) notifyProblem(refusalText(error));
    },
    onSettled: () => client.invalidateQueries({ queryKey: ["chat-info", chatId] }),
  });
}

/** Shows a change of the management facts at once; what Telegram answers afterwards stands. */
export function useShownManagement(chatId: string): (how: (shown: Management) => Management) => void {
  const client = useQueryClient();
  return (how) =>
    client.setQueryData<ChatInfo>(["chat-info", chatId], (shown) =>
      shown?.group?.management
        ? { ...shown, group: { ...shown.group, management: how(shown.group.management) } }
        : shown,
    );
}
