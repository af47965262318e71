/** The threads on a chat in the query cache. The inbox loads this with a chat: all it has to know is whether there are any. */

import { queryOptions, useQuery } from "@tanstack/react-query";
import { http } from "@/lib/api/client";
import type { CommentsPage, Thread } from "@/lib/api/types";
import { useWorkspace } from "@/lib/session";

/** Threads as far back as they were asked for, and the cursor of those before them. */
export interface Threads {
  threads: readonly Thread[];
  cursor: string | null;
  pages: number;
}

export async function fetchPage(
  workspaceId: string,
  chatId: string,
  cursor: string | null,
): Promise<CommentsPage> {
  const { data } = await http.GET("/workspaces/{workspace_id}/chats/{chat_id}/comments", {
    params: {
      path: { workspace_id: workspaceId, chat_id: chatId },
      query: cursor === null ? {} : { cursor },
    },
  });
  return data ?? { threads: [], next_cursor: null };
}

/**
 * Threads on a chat, the newest first, as many pages as were read before. Live changes keep them fresh, so they never
 * become stale by themselves.
 */
export function threadsQuery(workspaceId: string, chatId: string) {
  return queryOptions({
    queryKey: ["comments", chatId],
    queryFn: async ({ client, queryKey }): Promise<Threads> => {
      const wanted = client.getQueryData<Threads>(queryKey)?.pages ?? 1;
      const threads: Thread[] = [];
      let cursor: string | null = null;
      let pages = 0;
      do {
        const page = await fetchPage(workspaceId, chatId, cursor);
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
  return (useQuery(threadsQuery(useWorkspace().id, chatId)).data?.threads.length ?? 0) > 0;
}
