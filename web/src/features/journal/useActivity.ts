/** The log as one list that grows at both ends: older pages on demand, new entries as they are journalled. */

import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";

import { ApiError } from "@/lib/api/errors";
import type { ActivityEntry } from "@/lib/api/types";
import { useWorkspace } from "@/lib/session";
import { useLive } from "@/live/LiveProvider";

import { activityQuery, fetchActivity } from "./activityQuery";
import { coalesced } from "./coalesced";
import { arrivals, newestFirst, withArrivals } from "./feed";
import { takes } from "./filtered";
import type { ActivityFilters } from "./filters";

/** A burst of changes, such as a paste, is read once. */
const PAUSE_MS = 200;

/**
 * `isReading` says, when something new came, whether somebody is reading: then it waits in `waiting` until `show`,
 * so that nothing moves under their eyes. Filters must not change while mounted.
 */
export function useActivity(filters: ActivityFilters, isReading: () => boolean) {
  const workspaceId = useWorkspace().id;
  const client = useQueryClient();
  const options = useMemo(() => activityQuery(workspaceId, filters), [workspaceId, filters]);
  const query = useInfiniteQuery(options);
  const [waiting, setWaiting] = useState<readonly ActivityEntry[]>([]);
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set());
  const latest = useRef({ waiting, isReading });
  latest.current = { waiting, isReading };

  const show = useCallback(
    (entries: readonly ActivityEntry[]) => {
      client.setQueryData(
        options.queryKey,
        (data) => data && { ...data, pages: withArrivals(data.pages, entries) },
      );
      setFresh((was) => new Set([...was, ...entries.map((entry) => entry.id)]));
      setWaiting([]);
    },
    [client, options],
  );

  const look = useCallback(async () => {
    const loaded = client.getQueryData(options.queryKey);
    if (!loaded) return;
    const first = await fetchActivity(workspaceId, filters);
    const { entries, isGap } = arrivals(loaded.pages, latest.current.waiting, first);
    if (isGap) await client.resetQueries({ queryKey: options.queryKey });
    else if (latest.current.isReading()) setWaiting((was) => newestFirst([...entries, ...was]));
    else show([...entries, ...latest.current.waiting]);
  }, [client, options, workspaceId, filters, show]);

  useFollow(filters, look);
  const entries = useMemo(() => query.data?.pages.flatMap((page) => page.entries) ?? [], [query.data]);
  return { ...query, entries, fresh, waiting, show: () => show(waiting) };
}

/** Looks for what is new when a change of these filters is told, after a gap, and on coming back to the page. */
function useFollow(filters: ActivityFilters, look: () => Promise<void>): void {
  const live = useLive();
  useEffect(() => {
    const wish = coalesced(() => look().catch(leaveToNext), PAUSE_MS);
    const ends = [
      live.on("change", ({ change }) => {
        if (takes(filters, change)) wish();
      }),
      live.onBehind(wish),
      live.onSettled(wish),
    ];
    wish();
    return () => {
      for (const end of ends) end();
    };
  }, [live, filters, look]);
}

/** A refused look is left alone: the next change, or the next reconnect, looks again. */
function leaveToNext(error: unknown): void {
  if (!(error instanceof ApiError)) throw error;
}
