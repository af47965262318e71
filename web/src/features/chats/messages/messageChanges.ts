/** Changing and deleting messages that were sent. */

import { useMutation } from "@tanstack/react-query";
import { notifyProblem } from "@/lib/notify";
import { problemText } from "@/lib/problemText";
import { useLive } from "@/live/LiveProvider";
import type { Message } from "@/live/types";
import { useMessageStore } from "../ChatsProvider";
import { withEdit, withoutMessages } from "./log";

/** Shows the new text at once; a refusal puts the old one back. */
export function useEditMessage(chatId: string) {
  const live = useLive();
  const store = useMessageStore();
  return useMutation({
    mutationFn: ({ message, text }: { message: Message; text: string }) =>
      live.request("message.edit", { chat_id: chatId, message_id: message.id, text }),
    onMutate: ({ message, text }) => {
      const edited_at = new Date().toISOString();
      store.change(chatId, (log) => withEdit(log, { ...message, text, entities: [], edited_at }));
    },
    onSuccess: ({ message }) => store.change(chatId, (log) => withEdit(log, message)),
    onError: (error, { message }) => {
      store.change(chatId, (log) => withEdit(log, message));
      notifyProblem(problemText(error));
    },
  });
}

/** Deletes for everybody in the chat. */
export function useDeleteMessage(chatId: string) {
  const live = useLive();
  const store = useMessageStore();
  return useMutation({
    mutationFn: ({ id }: Message) => live.request("message.delete", { chat_id: chatId, message_ids: [id] }),
    onSuccess: (_, { id }) => {
      store.dropPreview(chatId, [id]);
      store.change(chatId, (log) => withoutMessages(log, [id]));
    },
  });
}
