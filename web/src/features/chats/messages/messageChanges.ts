/** Changing and deleting messages that were sent. */

import { t } from "@lingui/core/macro";
import { useMutation } from "@tanstack/react-query";
import { type Formatted, sendable } from "@/features/formatting/formatting";
import { notifyProblem } from "@/lib/notify";
import { problemText } from "@/lib/problemText";
import { useLive } from "@/live/LiveProvider";
import type { Message } from "@/live/types";
import { useMessageStore, useTalk } from "../ChatsProvider";
import { albumIds, withEdit, withoutMessages, withReactions } from "./log";
import { reacted } from "./reactions";

/** Shows the new text at once; a refusal puts the old one back, and holds the new one for when it is edited again. */
export function useEditMessage(chatId: string) {
  const live = useLive();
  const store = useMessageStore();
  const talk = useTalk();
  return useMutation({
    mutationFn: ({ message, written: { text, entities } }: { message: Message; written: Formatted }) =>
      live.request("message.edit", {
        chat_id: chatId,
        message_id: message.id,
        text,
        entities: sendable(entities),
      }),
    onMutate: ({ message, written: { text, entities } }) => {
      const edited_at = new Date().toISOString();
      store.change(chatId, (log) => withEdit(log, { ...message, text, entities: [...entities], edited_at }));
    },
    onSuccess: ({ message }) => store.change(chatId, (log) => withEdit(log, message)),
    onError: (error, { message, written }) => {
      store.change(chatId, (log) => withEdit(log, message));
      talk.holdRefusedEdit(chatId, message.id, written);
      notifyProblem(t`${problemText(error)} What you wrote is there when you edit the message again.`);
    },
  });
}

/** Deletes for everybody in the chat: one message, or the whole of its album. */
export function useDeleteMessage(chatId: string) {
  const live = useLive();
  const store = useMessageStore();
  return useMutation({
    mutationFn: async (message: Message) => {
      const ids = albumIds(store.log(chatId), message);
      await live.request("message.delete", { chat_id: chatId, message_ids: ids });
      return ids;
    },
    onSuccess: (ids) => {
      store.dropPreview(chatId, ids);
      store.change(chatId, (log) => withoutMessages(log, ids));
    },
  });
}

/** Gives a message the emoji, or takes it off where it is the person's own already. Shown at once. */
export function useReact(chatId: string) {
  const live = useLive();
  const store = useMessageStore();
  return useMutation({
    mutationFn: ({ message, emoji }: { message: Message; emoji: string }) => {
      const isOwn = message.reactions.some((each) => each.mine && each.emoji === emoji);
      const body = { chat_id: chatId, message_id: message.id, emoji: isOwn ? null : emoji };
      return live.request("message.react", body);
    },
    onMutate: ({ message, emoji }) => {
      const shown = reacted(message.reactions, emoji);
      store.change(chatId, (log) => withReactions(log, message.id, shown));
    },
    onSuccess: ({ reactions }, { message }) =>
      store.change(chatId, (log) => withReactions(log, message.id, reactions)),
    onError: (error, { message }) => {
      store.change(chatId, (log) => withReactions(log, message.id, message.reactions));
      notifyProblem(problemText(error));
    },
  });
}

/** Pins a message for both sides, or unpins it. */
export function usePin(chatId: string) {
  const live = useLive();
  return useMutation({
    mutationFn: ({ id, is_pinned }: Message) =>
      live.request("message.pin", { chat_id: chatId, message_id: id, is_pinned: !is_pinned }),
    onError: (error) => notifyProblem(problemText(error)),
  });
}
