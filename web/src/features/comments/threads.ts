/** The threads on a subject in the query cache. The inbox loads this with a chat: all it has to know is whether there are any. */

import { queryOptions, useQuery } from "@tanstack/react-query";
import { http } from "@/lib/api/client";
import type { CommentsPage, Thread } from "@/lib/api/types";
import { useWorkspace } from "@/lib/session";

/** What is commented on. */
export interface Subject {
  kind: "chat" | "ticket";
  id: string;
}

/** Threads as far back as they were asked for, and the cursor of those before them. */
export interface Threads {
  threads: readonly Thread[];
  cursor: string | null;
  pages: number;
}

export async function fetchPage(
  workspaceId: string,
  { kind, id }: Subject,
  cursor: string | null,
): Promise<CommentsPage> {
  const workspace_id = workspaceId;
  const query = cursor === null ? {} : { cursor };
  const { data } = await (kind === "chat"
    ? http.GET("/workspaces/{workspace_id}/chats/{chat_id}/comments", {
        params: { path: { workspace_id, chat_id: id }, query },
      })
    : http.GET("/workspaces/{workspace_id}/tickets/{ticket_id}/comments", {
        params: { path: { workspace_id, ticket_id: id }, query },
      }));
  return data ?? { threads: [], next_cursor: null };
}

/**
 * Threads on a subject, the newest first, as many pages as were read before. Live changes keep them fresh, so they never
 * become stale by themselves.
 */
export function threadsQuery(workspaceId: string, subject: Subject) {
  return queryOptions({
    queryKey: ["comments", subject.id],
    queryFn: async ({ client, queryKey }): Promise<Threads> => {
      const wanted = client.getQueryData<Threads>(queryKey)?.pages ?? 1;
      const threads: Thread[] = [];
      let cursor: string | null = null;
      let pages = 0;
      do {
        const page = await fetchPage(workspaceId, subject, cursor);
        threads.push(...page.threads);
        cursor = page.next_cursor;
        pages += 1;
      } while (cursor !== null && pages < wanted);
      return { threads, cursor, pages };
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useHasComments(chatId: string): boolean {
  const query = threadsQuery(useWorkspace().id, { kind: "chat", id: chatId });
  return (useQuery(query).data?.threads.length ?? 0) > 0;
}
