/** The workspace's custom columns: reading them, and the changes people make to them. */

import { type QueryClient, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, http } from "@/lib/api/client";
import type { Column, Hue } from "@/lib/api/types";

/** An option as a person edits it; one without an id is new. */
export interface OptionDraft {
  id?: string;
  name: string;
  hue: Hue;
}

export interface ColumnDraft {
  name: string;
  type: Column["type"];
  options: OptionDraft[];
}

/** Live events keep the list fresh, so it never becomes stale by itself. */
export function columnsQuery(workspaceId: string) {
  const path = { workspace_id: workspaceId };
  return api.queryOptions(
    "get",
    "/workspaces/{workspace_id}/columns",
    { params: { path } },
    {
      staleTime: Number.POSITIVE_INFINITY,
    },
  );
}

/** The columns in the order they stand in. */
export function useColumns(workspaceId: string) {
  return useQuery({ ...columnsQuery(workspaceId), select: inOrder });
}

/** One column as cached, if it is. */
export function cachedColumn(client: QueryClient, workspaceId: string, columnId: string): Column | undefined {
  const data = client.getQueryData<{ columns: Column[] }>(columnsQuery(workspaceId).queryKey);
  return data?.columns.find((each) => each.id === columnId);
}

function inOrder({ columns }: { columns: Column[] }): Column[] {
  return columns.toSorted((a, b) => a.position - b.position);
}

/** Makes a column; it stands at the end. */
export function useCreateColumn(workspaceId: string) {
  return useColumnChange(workspaceId, ({ name, type, options }: ColumnDraft) =>
    http.POST("/workspaces/{workspace_id}/columns", {
      params: { path: { workspace_id: workspaceId } },
      body: type === "select" ? { name, type, options } : { name, type },
    }),
  );
}

interface ColumnChange {
  id: string;
  /** The version that was edited; someone else's newer one is not written over. */
  version: number;
  name?: string;
  options?: OptionDraft[];
}

/** Renames a column or replaces its options; options that keep their id keep their values. */
export function useChangeColumn(workspaceId: string) {
  return useColumnChange(workspaceId, ({ id, ...body }: ColumnChange) =>
    http.PATCH("/workspaces/{workspace_id}/columns/{column_id}", {
      params: { path: { workspace_id: workspaceId, column_id: id } },
      body,
    }),
  );
}

/** Adds one option to a select column and answers the column with it. Every member may. */
export function useAddOption(workspaceId: string) {
  return useColumnChange(workspaceId, ({ id, ...body }: { id: string; name: string; hue: Hue }) =>
    http.POST("/workspaces/{workspace_id}/columns/{column_id}/options", {
      params: { path: { workspace_id: workspaceId, column_id: id } },
      body,
    }),
  );
}

/** Deletes a column with all its values. */
export function useDeleteColumn(workspaceId: string) {
  return useColumnChange(workspaceId, (id: string) =>
    http.DELETE("/workspaces/{workspace_id}/columns/{column_id}", {
      params: { path: { workspace_id: workspaceId, column_id: id } },
    }),
  );
}

function useColumnChange<Input, Result>(
  workspaceId: string,
  change: (input: Input) => Promise<{ data?: Result }>,
) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (input: Input) => (await change(input)).data,
    onSettled: () => client.invalidateQueries({ queryKey: columnsQuery(workspaceId).queryKey }),
  });
}
