/** How far the first sync of each account is, as the socket tells it. */

import { useCallback, useState } from "react";

import { useLiveEvent } from "@/live/LiveProvider";
import type { LiveEvents } from "@/live/types";

export type SyncProgress = Pick<LiveEvents["sync.progress"], "chats" | "done">;

/** The last progress heard for one account; undefined before the first. */
export function useSyncProgress(accountId: string | undefined): SyncProgress | undefined {
  const [progress, setProgress] = useState<SyncProgress>();
  const onProgress = useCallback(
    (event: LiveEvents["sync.progress"]) => {
      if (event.account_id === accountId) setProgress({ chats: event.chats, done: event.done });
    },
    [accountId],
  );
  useLiveEvent("sync.progress", onProgress);
  return progress;
}
