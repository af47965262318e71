/** Exports of the workspace's data: those of this person, a new one, and how long it takes until one may be asked for. */

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { api, http } from "@/lib/api/client";
import { ApiError } from "@/lib/api/errors";
import type { DataExport } from "@/lib/api/types";
import { saveFile } from "@/lib/saveFile";
import { useWorkspace } from "@/lib/session";

/** The API takes one export a minute and workspace. */
const PAUSE_MS = 60_000;
const ASK_EVERY_MS = 1_000;

function exportsQuery(workspaceId: string) {
  const path = { workspace_id: workspaceId };
  return api.queryOptions("get", "/workspaces/{workspace_id}/exports", { params: { path } });
}

/** The newest first; looked at every second while one is under way. */
export function useExports() {
  return useQuery({
    ...exportsQuery(useWorkspace().id),
    refetchInterval: ({ state }) => (state.data?.exports.some(isUnderWay) ? ASK_EVERY_MS : false),
  });
}

export function isUnderWay({ state }: DataExport): boolean {
  return state === "waiting" || state === "running";
}

export interface Asking {
  start: () => void;
  isPending: boolean;
  error: unknown;
  /** When the next one may be asked for, as far as is known: others of the workspace ask, too. Milliseconds. */
  nextAtMs: number;
}

/** Asks for an export, once a minute. A refusal for coming too soon is no error: it says how long to wait. */
export function useAsking(known: readonly DataExport[]): Asking {
  const workspaceId = useWorkspace().id;
  const client = useQueryClient();
  const [refusedUntilMs, setRefusedUntilMs] = useState(0);
  const ask = useMutation({
    mutationFn: () =>
      http.POST("/workspaces/{workspace_id}/exports", { params: { path: { workspace_id: workspaceId } } }),
    onSuccess: () => client.invalidateQueries(exportsQuery(workspaceId)),
    onError: (error) => {
      if (error instanceof ApiError && error.retryAfterS !== undefined)
        setRefusedUntilMs(Date.now() + error.retryAfterS * 1000);
    },
  });
  return {
    start: () => ask.mutate(),
    isPending: ask.isPending,
    error: isTooSoon(ask.error) ? null : ask.error,
    nextAtMs: Math.max(refusedUntilMs, nextAtMs(known)),
  };
}

function isTooSoon(error: unknown): boolean {
  return error instanceof ApiError && error.code === "data-export-too-soon";
}

/** A minute behind the newest of one's own. */
export function nextAtMs(known: readonly DataExport[]): number {
  return known[0] === undefined ? 0 : Date.parse(known[0].asked_at) + PAUSE_MS;
}

/** Saves the zip by a fresh link: one that was shown for a while may have run out. */
export function useSaving() {
  const workspaceId = useWorkspace().id;
  return useMutation({
    mutationFn: async (exportId: string) => {
      const path = { workspace_id: workspaceId, data_export_id: exportId };
      const { data } = await http.GET("/workspaces/{workspace_id}/exports/{data_export_id}", {
        params: { path },
      });
      if (data?.link) saveFile(data.link);
    },
  });
}

/** How many lines all files have together. */
export function linesOf({ lines }: DataExport): number {
  return Object.values(lines).reduce((sum, count) => sum + (count ?? 0), 0);
}
