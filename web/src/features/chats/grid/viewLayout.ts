/** How a view arranges the table: its content speaks of fields, the table of columns. Pure. */

import type { Content } from "@/features/views/content";
import { columnOfField, fieldOfColumn } from "./chatFields";
import type { ArrangedColumn, Sorting } from "./sheet";

type ViewColumn = Content["columns"][number];

/** What the header of the table shows of the sort: its first field. */
export function sortingOf({ sort: [first] }: Content): Sorting | undefined {
  return first && { columnId: columnOfField(first.field), direction: first.order };
}

export function sortOf(sorting: Sorting | undefined): Content["sort"] {
  return sorting ? [{ field: fieldOfColumn(sorting.columnId), order: sorting.direction }] : [];
}

export function arrangedOf({ columns }: Content): ArrangedColumn[] {
  return columns.map(({ field, width, is_hidden }) => ({
    id: columnOfField(field),
    width,
    isHidden: is_hidden,
  }));
}

const LEAST_WIDTH = 40;
const MOST_WIDTH = 1_000;

/** The view's columns with one that has another width. All get their places, so that this one keeps its own. */
export function withWidth(
  { columns }: Content,
  columnIds: readonly string[],
  columnId: string,
  pixels: number,
): ViewColumn[] {
  const width = Math.min(Math.max(Math.round(pixels), LEAST_WIDTH), MOST_WIDTH);
  const changed = fieldOfColumn(columnId);
  return placed(columns, columnIds).map((each) => (each.field === changed ? { ...each, width } : each));
}

/** Every column in its place: those the view names, and then those it does not. */
function placed(columns: readonly ViewColumn[], columnIds: readonly string[]): ViewColumn[] {
  const named = new Set(columns.map(({ field }) => field));
  const others = columnIds.map(fieldOfColumn).filter((field) => !named.has(field));
  const plain = others.map((field) => ({ field, width: null, is_hidden: false, summary: null }));
  return [...columns, ...plain];
}
