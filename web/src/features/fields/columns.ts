/** The workspace's custom columns: reading them, and the changes people make to them. */

import { useLingui } from "@lingui/react/macro";
import { type QueryClient, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { reordered } from "@/components/sorting/order";
import { memberName, membersQuery } from "@/features/workspaces/members/members";
import { http } from "@/lib/api/client";
import type { Column, Hue } from "@/lib/api/types";
import { cachedColumn, columnsQuery } from "./columnsQuery";
import type { CellValue, Shape } from "./values";

/** An option as a person edits it; one without an id is new. */
export interface OptionDraft {
  id?: string;
  name: string;
  hue: Hue;
}

/** A column as a person makes or edits it. */
export interface ColumnDraft {
  name: string;
  description: string;
  type: Column["type"];
  options: OptionDraft[];
  required: boolean;
  default: CellValue;
}

/** A column with whatever its values need to be read: of a person column the people it may name. */
export type ReadableColumn = Column & Pick<Shape, "people">;

/** The columns in the order they stand in. */
export function useColumns(workspaceId: string) {
  const { data, isPending, error, refetch } = useQuery({ ...columnsQuery(workspaceId), select: inOrder });
  return { data: useReadable(workspaceId, data), isPending, error, refetch };
}

/** Columns with what their values need to be read, once there are any. */
export function useReadable(workspaceId: string, columns: readonly Column[] | undefined) {
  const people = usePeople(workspaceId, columns?.some((each) => each.type === "person") ?? false);
  return useMemo(
    () => columns?.map((each): ReadableColumn => (each.type === "person" ? { ...each, people } : each)),
    [columns, people],
  );
}

/** Everybody a person column may name; nobody is asked for where there is no such column. */
function usePeople(workspaceId: string, isNeeded: boolean): Shape["people"] {
  const { t } = useLingui();
  const former = t`Former member`;
  const { data } = useQuery({ ...membersQuery(workspaceId), enabled: isNeeded });
  return useMemo(
    () =>
      data && { members: data.members.map((each) => ({ id: each.user_id, name: memberName(each) })), former },
    [data, former],
  );
}

function inOrder({ columns }: { columns: Column[] }): Column[] {
  return columns.toSorted((a, b) => a.position - b.position);
}

/** Whether a column's values are options of it. */
export function hasOptions({ type }: Pick<Column, "type">): boolean {
  return type === "select" || type === "multiselect";
}

/** Whether something can stand in a column where nothing was ever written. */
export function hasDefault({ type }: Pick<Column, "type">): boolean {
  return type !== "long_text" && type !== "person" && type !== "files";
}

/** Makes a column; it stands at the end. */
export function useCreateColumn(workspaceId: string) {
  return useColumnChange(workspaceId, ({ default: standing, options, ...rest }: ColumnDraft) =>
    http.POST("/workspaces/{workspace_id}/columns", {
      params: { path: { workspace_id: workspaceId } },
      body: hasOptions(rest) ? { ...rest, options } : { ...rest, default: standing },
    }),
  );
}

interface ColumnChange {
  id: string;
  /** The version that was edited; someone else's newer one is not written over. */
  version: number;
  name?: string;
  description?: string;
  options?: OptionDraft[];
  required?: boolean;
  default?: { value: CellValue };
}

/** Changes what is said of a column; options that keep their id keep their values. */
export function useChangeColumn(workspaceId: string) {
  return useColumnChange(workspaceId, changeIn(workspaceId));
}

/** Replaces the options of a column: at once on the screen, back where it is refused. */
export function useChangeOptions(workspaceId: string) {
  const client = useQueryClient();
  const change = async ({ id, options }: { id: string; options: OptionDraft[] }) => {
    // The changes before this one are done by now, and the version is the one they left.
    const version = cachedColumn(client, workspaceId, id)?.version ?? 0;
    const answer = await changeIn(workspaceId)({ id, version, options });
    if (answer.data) putColumn(client, workspaceId, answer.data);
    return answer;
  };
  return useColumnChange(workspaceId, change, (columns, { id, options }) =>
    columns.map((column) => (column.id === id ? { ...column, options: shownOptions(options) } : column)),
  );
}

function putColumn(client: QueryClient, workspaceId: string, column: Column): void {
  client.setQueryData<{ columns: Column[] }>(
    columnsQuery(workspaceId).queryKey,
    (before) => before && { columns: before.columns.map((each) => (each.id === column.id ? column : each)) },
  );
}

function changeIn(workspaceId: string) {
  return ({ id, ...body }: ColumnChange) =>
    http.PATCH("/workspaces/{workspace_id}/columns/{column_id}", {
      params: { path: { workspace_id: workspaceId, column_id: id } },
      body,
    });
}

/** A new option has no id before the server gave it one; until then its name stands for it. */
function shownOptions(options: readonly OptionDraft[]): Column["options"] {
  return options.map(({ id, ...rest }) => ({ id: id ?? rest.name, ...rest }));
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

/** Puts a column behind another one, without one to the front: at once on the screen, back where it is refused. */
export function useMoveColumn(workspaceId: string) {
  const move = ({ id, after }: { id: string; after: string | null }) =>
    http.POST("/workspaces/{workspace_id}/columns/{column_id}/move", {
      params: { path: { workspace_id: workspaceId, column_id: id } },
      body: { after },
    });
  return useColumnChange(workspaceId, move, (columns, { id, after }) =>
    reordered(columns, id, after).map((column, position) => ({ ...column, position })),
  );
}

/** Makes two options one; the values follow in the background. */
export function useMergeOptions(workspaceId: string) {
  return useColumnChange(workspaceId, ({ id, ...body }: { id: string; option_id: string; into: string }) =>
    http.POST("/workspaces/{workspace_id}/columns/{column_id}/merges", {
      params: { path: { workspace_id: workspaceId, column_id: id } },
      body,
    }),
  );
}

/** Has a column become another type, in the background. */
export function useConvertColumn(workspaceId: string) {
  return useColumnChange(
    workspaceId,
    ({ id, ...body }: { id: string; to: Column["type"]; version: number }) =>
      http.POST("/workspaces/{workspace_id}/columns/{column_id}/conversion", {
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

/** `expected` is how the columns, in their order, will be: shown until the server answers. */
function useColumnChange<Input, Result>(
  workspaceId: string,
  change: (input: Input) => Promise<{ data?: Result }>,
  expected?: (columns: Column[], input: Input) => Column[],
) {
  const client = useQueryClient();
  const { queryKey } = columnsQuery(workspaceId);
  return useMutation({
    // One after the other: each is made on what the one before has left.
    scope: { id: `columns ${workspaceId}` },
    mutationFn: async (input: Input) => (await change(input)).data,
    onMutate: async (input: Input) => {
      if (!expected) return;
      await client.cancelQueries({ queryKey });
      client.setQueryData<{ columns: Column[] }>(
        queryKey,
        (before) => before && { columns: expected(inOrder(before), input) },
      );
    },
    onSettled: () => client.invalidateQueries({ queryKey }),
  });
}
