/** Giving many chats one value at once, following how far it comes, and taking it back. */

import { useMutation, useQueries, useQueryClient } from "@tanstack/react-query";
import { cardFieldOf } from "@/features/fields/cardFields";
import type { CellValue } from "@/features/fields/values";
import { http } from "@/lib/api/client";
import type { ApiError } from "@/lib/api/errors";
import type { BulkEdit } from "@/lib/api/types";
import { notifyProblem } from "@/lib/notify";
import { problemText } from "@/lib/problemText";
import { useWorkspace } from "@/lib/session";

const LOOK_EVERY_MS = 1_000;

interface Wish {
  chatIds: readonly string[];
  columnId: string;
  value: CellValue;
}

/** What the API calls the field a column's id stands for. */
export function fieldOf(columnId: string): string {
  return cardFieldOf(columnId) ?? `column:${columnId}`;
}

export function isUnderWay({ state }: BulkEdit): boolean {
  return state === "running" || state === "undoing";
}

export function useStartBulkEdit() {
  const path = { workspace_id: useWorkspace().id };
  return useBulkChange(async ({ chatIds, columnId, value }: Wish) => {
    const body = { chat_ids: [...chatIds], field: fieldOf(columnId), value };
    return (await http.POST("/workspaces/{workspace_id}/bulk-edits", { params: { path }, body })).data;
  });
}

export type Sharing = "round_robin" | "least_loaded";

interface ShareWish {
  chatIds: readonly string[];
  among: readonly string[];
  how: Sharing;
}

/** Assigns chats among members; each one's share is a bulk edit of its own. */
export function useShareOut() {
  const path = { workspace_id: useWorkspace().id };
  return useMutation<BulkEdit[], ApiError, ShareWish>({
    mutationFn: async ({ chatIds, among, how }) => {
      const body = { chat_ids: [...chatIds], among: [...among], how };
      const { data } = await http.POST("/workspaces/{workspace_id}/assignments", { params: { path }, body });
      return data?.bulk_edits ?? [];
    },
  });
}

/** What several bulk edits come to together. */
export function together(edits: readonly BulkEdit[]): Pick<BulkEdit, "changed" | "restored"> {
  return {
    changed: edits.reduce((sum, { changed }) => sum + changed, 0),
    restored: edits.reduce((sum, { restored }) => sum + restored, 0),
  };
}

export function useUndoBulkEdit() {
  const workspace_id = useWorkspace().id;
  return useBulkChange(async (bulk_edit_id: string) => {
    const params = { path: { workspace_id, bulk_edit_id } };
    return (await http.POST("/workspaces/{workspace_id}/bulk-edits/{bulk_edit_id}/undo", { params })).data;
  });
}

/** The answer is where the edit stands from then on. */
function useBulkChange<Input>(change: (input: Input) => Promise<BulkEdit | undefined>) {
  const client = useQueryClient();
  return useMutation<BulkEdit, ApiError, Input>({
    mutationFn: async (input) => {
      const edit = await change(input);
      if (!edit) throw new TypeError("The answer holds no bulk edit.");
      client.setQueryData(["bulk edit", edit.id], edit);
      return edit;
    },
    // Said even where the dialog that asked for it is closed by now.
    onError: (error) => notifyProblem(problemText(error)),
  });
}

/** Bulk edits, each looked at every second while it is under way. */
export function useBulkEdits(begun: readonly BulkEdit[]): BulkEdit[] {
  const workspace_id = useWorkspace().id;
  return useQueries({
    queries: begun.map((edit) => ({
      queryKey: ["bulk edit", edit.id],
      queryFn: async () => {
        const params = { path: { workspace_id, bulk_edit_id: edit.id } };
        const { data } = await http.GET("/workspaces/{workspace_id}/bulk-edits/{bulk_edit_id}", { params });
        return data ?? edit;
      },
      initialData: edit,
      staleTime: Number.POSITIVE_INFINITY,
      refetchInterval: ({ state }: { state: { data: BulkEdit | undefined } }) =>
        state.data && isUnderWay(state.data) ? LOOK_EVERY_MS : (false as const),
    })),
    combine: (results) => results.map(({ data }) => data),
  });
}
