/** What people do with comments, and what that does to those that are shown. */

import { type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";
import { http } from "@/lib/api/client";
import type { Comment, Thread } from "@/lib/api/types";
import { useWorkspace } from "@/lib/session";
import type { Words } from "./mentions";
import type { Threads } from "./threads";

/** What somebody told of comments: they are read anew where they are shown. */
export function refreshComments(client: QueryClient, chatId: string): Promise<void> {
  return client.invalidateQueries({ queryKey: ["comments", chatId] });
}

export interface Said extends Words {
  fileIds: readonly string[];
  quotedId?: number | undefined;
}

/** The comment one answers, or undefined for a new thread. Said twice with one key, it is said once. */
export function useWriteComment(chatId: string, answers?: string) {
  const path = { workspace_id: useWorkspace().id, chat_id: chatId };
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ said, key }: { said: Said; key: string }) => {
      const { data } = await http.POST("/workspaces/{workspace_id}/chats/{chat_id}/comments", {
        params: { path, header: { "Idempotency-Key": key } },
        body: {
          text: said.text,
          mentions: [...said.mentions],
          file_ids: [...said.fileIds],
          ...(answers !== undefined && { answers }),
          ...(said.quotedId !== undefined && { quote: { chat_id: chatId, message_id: said.quotedId } }),
        },
      });
      return data;
    },
    onSuccess: (comment) => {
      if (comment) change(client, chatId, (threads) => withComment(threads, comment));
    },
  });
}

export function useEditComment(chatId: string, comment: Comment) {
  const path = { workspace_id: useWorkspace().id, chat_id: chatId, comment_id: comment.id };
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ text, mentions }: Words) => {
      const { data } = await http.PATCH("/workspaces/{workspace_id}/chats/{chat_id}/comments/{comment_id}", {
        params: { path },
        body: { text, mentions: [...mentions], version: comment.version },
      });
      return data;
    },
    onSuccess: (edited) => {
      if (edited) change(client, chatId, (threads) => withEdit(threads, edited));
    },
    onError: () => void refreshComments(client, chatId),
  });
}

export function useDeleteComment(chatId: string, commentId: string) {
  const path = { workspace_id: useWorkspace().id, chat_id: chatId, comment_id: commentId };
  const client = useQueryClient();
  return useMutation({
    mutationFn: () =>
      http.DELETE("/workspaces/{workspace_id}/chats/{chat_id}/comments/{comment_id}", { params: { path } }),
    onSettled: () => refreshComments(client, chatId),
  });
}

function change(client: QueryClient, chatId: string, how: (threads: readonly Thread[]) => Thread[]): void {
  client.setQueryData<Threads>(
    ["comments", chatId],
    (read) => read && { ...read, threads: how(read.threads) },
  );
  void refreshComments(client, chatId);
}

/** The threads with a comment that was just said: a new thread stands first, an answer last in its own. */
export function withComment(threads: readonly Thread[], comment: Comment): Thread[] {
  const rootId = rootIdOf(comment);
  if (rootId === comment.id) return [{ comment, answers: [] }, ...threads];
  return threads.map((thread) =>
    thread.comment.id === rootId ? { ...thread, answers: [...thread.answers, comment] } : thread,
  );
}

function withEdit(threads: readonly Thread[], edited: Comment): Thread[] {
  const put = (each: Comment) => (each.id === edited.id ? edited : each);
  return threads.map(({ comment, answers }) => ({ comment: put(comment), answers: answers.map(put) }));
}

const ID_LENGTH = 26;

/** The comment a thread begins with: an answer's id begins with that of what it answers. */
export function rootIdOf({ id }: Pick<Comment, "id">): string {
  return id.slice(0, ID_LENGTH);
}
