/** What people do with comments, and what that does to those that are shown. */

import { type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";
import type { Comment, Thread } from "@/lib/api/types";
import { useWorkspace } from "@/lib/session";
import type { Words } from "./mentions";
import { deleteComment, patchComment, postComment } from "./requests";
import type { Subject, Threads } from "./threads";

/** What somebody told of comments: they are read anew where they are shown. */
export function refreshComments(client: QueryClient, { id }: Subject): Promise<void> {
  return client.invalidateQueries({ queryKey: ["comments", id] });
}

export interface Said extends Words {
  fileIds: readonly string[];
  /** A message of the chat that is commented on. */
  quotedId?: number | undefined;
}

/** The comment one answers, or undefined for a new thread. Said twice with one key, it is said once. */
export function useWriteComment(subject: Subject, answers?: string) {
  const workspaceId = useWorkspace().id;
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ said, key }: { said: Said; key: string }) => {
      const body = {
        text: said.text,
        mentions: [...said.mentions],
        file_ids: [...said.fileIds],
        ...(answers !== undefined && { answers }),
        ...(said.quotedId !== undefined && { quote: { chat_id: subject.id, message_id: said.quotedId } }),
      };
      return postComment(workspaceId, subject, body, key);
    },
    onSuccess: (comment) => {
      if (comment) change(client, subject, (threads) => withComment(threads, comment));
    },
  });
}

export function useEditComment(subject: Subject, comment: Comment) {
  const workspaceId = useWorkspace().id;
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ text, mentions }: Words) => {
      const body = { text, mentions: [...mentions], version: comment.version };
      return patchComment(workspaceId, subject, comment.id, body);
    },
    onSuccess: (edited) => {
      if (edited) change(client, subject, (threads) => withEdit(threads, edited));
    },
    onError: () => void refreshComments(client, subject),
  });
}

export function useDeleteComment(subject: Subject, commentId: string) {
  const workspaceId = useWorkspace().id;
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => deleteComment(workspaceId, subject, commentId),
    onSettled: () => refreshComments(client, subject),
  });
}

function change(client: QueryClient, subject: Subject, how: (threads: readonly Thread[]) => Thread[]): void {
  client.setQueryData<Threads>(
    ["comments", subject.id],
    (read) => read && { ...read, threads: how(read.threads) },
  );
  void refreshComments(client, subject);
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
