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

/** Asks for an export of these chats alone, or of everything. */
export function useAsk() {
  const workspaceId = useWorkspace().id;
  const client = useQueryClient();
  return useMutation<unknown, ApiError, readonly string[] | undefined>({
    mutationFn: (chatIds) =>
      http.POST("/workspaces/{workspace_id}/exports", {
        params: { path: { workspace_id: workspaceId } },
        body: chatIds ? { chat_ids: [...chatIds] } : {},
      }),
    onSuccess: () => client.invalidateQueries(exportsQuery(workspaceId)),
  });
}

/** Asks for an export of everything. A refusal for coming too soon is no error: it says how long to wait. */
export function useAsking(known: readonly DataExport[]): Asking {
  const [refusedUntilMs, setRefusedUntilMs] = useState(0);
  const ask = useAsk();
  const start = () =>
    ask.mutate(undefined, { onError: ({ retryAtMs }) => setRefusedUntilMs(retryAtMs ?? 0) });
  return {
    start,
    isPending: ask.isPending,
    error: secondsToWait(ask.error) === undefined ? ask.error : null,
    nextAtMs: Math.max(refusedUntilMs, nextAtMs(known)),
  };
}

/** How long to wait where an export was refused for coming too soon. */
export function secondsToWait(error: unknown): number | undefined {
  return error instanceof ApiError && error.code === "data-export-too-soon" ? error.retryAfterS : undefined;
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
