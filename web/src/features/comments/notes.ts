/** Comments: in threads, and as those on a chat stand between its messages. */

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef } from "react";
import type { Comment, Thread } from "@/lib/api/types";
import { useWorkspace } from "@/lib/session";
import { fetchPage, type Subject, type Threads, threadsQuery } from "./threads";

const NO_THREADS: readonly Thread[] = [];

/** Threads on a subject, the newest first. `more` reads those before them; what does not come can be asked for again. */
export function useThreads({ kind, id }: Subject) {
  const workspaceId = useWorkspace().id;
  const client = useQueryClient();
  const options = useMemo(() => threadsQuery(workspaceId, { kind, id }), [workspaceId, kind, id]);
  const isBusy = useRef(false);
  const query = useQuery(options);
  const cursor = query.data?.cursor ?? null;
  const more = useCallback(async () => {
    if (cursor === null || isBusy.current) return;
    isBusy.current = true;
    try {
      const page = await fetchPage(workspaceId, { kind, id }, cursor);
      client.setQueryData<Threads>(
        options.queryKey,
        (read) =>
          read && {
            threads: [...read.threads, ...page.threads],
            cursor: page.next_cursor,
            pages: read.pages + 1,
          },
      );
    } finally {
      isBusy.current = false;
    }
  }, [client, workspaceId, kind, id, cursor, options]);
  return { query, threads: query.data?.threads ?? NO_THREADS, hasMore: cursor !== null, more };
}

/** Comments on a chat and answers as they stand between messages: oldest first, as far back as `since`. */
export function useNotes(chatId: string, since: string | undefined): readonly Comment[] {
  const { threads, hasMore, more } = useThreads({ kind: "chat", id: chatId });
  const notes = useMemo(() => notesOf(threads), [threads]);
  const oldest = threads.at(-1)?.comment.at;
  const isMissing =
    hasMore && since !== undefined && oldest !== undefined && Date.parse(since) < Date.parse(oldest);
  useEffect(() => {
    // What does not come now is read when the next older messages are, or in the panel.
    if (isMissing) more().catch(() => undefined);
  }, [isMissing, more]);
  return notes;
}

/** Everything said that still stands, oldest first. */
export function notesOf(threads: readonly Thread[]): Comment[] {
  const all = threads.flatMap((thread) => [thread.comment, ...thread.answers]);
  return all.filter((each) => !each.is_deleted).sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}
