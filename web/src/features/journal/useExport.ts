/** An export of the log, from the wish to the saved file. It goes on while the person looks at other pages. */

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";

import { api } from "@/lib/api/client";
import { ApiError } from "@/lib/api/errors";
import type { ActivityExport } from "@/lib/api/types";
import { saveFile } from "@/lib/saveFile";
import { useWorkspace } from "@/lib/session";

import { queryOf } from "./filtered";
import type { ActivityFilters } from "./filters";

/** The API takes one export a minute and workspace. */
const PAUSE_MS = 60_000;
const ASK_EVERY_MS = 1_000;

interface Wish {
  exportId: string | null;
  /** When the next export may be asked for; milliseconds since the epoch. */
  nextAtMs: number;
  /** The file was handed to the browser. */
  isSaved: boolean;
}

const NO_WISH: Wish = { exportId: null, nextAtMs: 0, isSaved: false };

export interface Exporting {
  /** How far it has come; undefined while there is none. */
  current: ActivityExport | undefined;
  error: unknown;
  isRunning: boolean;
  nextAtMs: number;
  start: () => void;
  /** Saves the file once more: by a fresh link, since the one there is may have run out. */
  saveAgain: () => void;
  dismiss: () => void;
}

export function useExport(filters: ActivityFilters): Exporting {
  const path = { workspace_id: useWorkspace().id };
  const [wish, setWish] = useWish();
  const request = api.useMutation("post", "/workspaces/{workspace_id}/activity/exports", {
    onSuccess: ({ id }) => setWish({ exportId: id, nextAtMs: Date.now() + PAUSE_MS, isSaved: false }),
    onError: (error: unknown) => {
      const waitS = error instanceof ApiError ? error.retryAfterS : undefined;
      if (waitS !== undefined) setWish({ nextAtMs: Date.now() + waitS * 1000 });
    },
  });
  const progress = useProgress(wish.exportId);
  const current = wish.exportId === null ? undefined : progress.data;
  useEffect(() => {
    if (wish.isSaved || !current?.link) return;
    saveFile(current.link);
    setWish({ isSaved: true });
  }, [wish.isSaved, current?.link, setWish]);
  return {
    current,
    error: request.error ?? progress.error,
    isRunning: request.isPending || (current !== undefined && isUnderWay(current)),
    nextAtMs: wish.nextAtMs,
    start: () => request.mutate({ params: { path }, body: queryOf(filters) }),
    saveAgain: () => void progress.refetch().then(({ data }) => data?.link && saveFile(data.link)),
    dismiss: () => {
      request.reset();
      setWish({ exportId: null });
    },
  };
}

/** Kept in the cache rather than in the page, so that leaving the page loses nothing. */
function useWish(): [Wish, (part: Partial<Wish>) => void] {
  const client = useQueryClient();
  const queryKey = ["activity-export", useWorkspace().id];
  const { data } = useQuery({ queryKey, queryFn: () => NO_WISH, initialData: NO_WISH, staleTime: Infinity });
  const set = (part: Partial<Wish>) =>
    client.setQueryData<Wish>(queryKey, (was = NO_WISH) => ({ ...was, ...part }));
  return [data, set];
}

function useProgress(exportId: string | null) {
  const path = { workspace_id: useWorkspace().id, export_id: exportId ?? "" };
  return api.useQuery(
    "get",
    "/workspaces/{workspace_id}/activity/exports/{export_id}",
    { params: { path } },
    {
      enabled: exportId !== null,
      staleTime: Infinity,
      refetchInterval: ({ state }) => (state.data && isUnderWay(state.data) ? ASK_EVERY_MS : false),
    },
  );
}

function isUnderWay({ state }: ActivityExport): boolean {
  return state === "waiting" || state === "running";
}
