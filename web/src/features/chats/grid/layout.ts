/** How a view arranges the chats: its content speaks of fields, the table of columns. Pure. */

import type { Content } from "@/features/views/content";
import { columnOfField, fieldOfColumn } from "./chatFields";

export type ArrangedColumn = Content["columns"][number];
export type BoardLook = Content["board"];
export type SummaryKind = NonNullable<ArrangedColumn["summary"]>;

export interface Sorting {
  columnId: string;
  direction: "up" | "down";
}

/** The column that is always shown, and always first. */
export const NAME = "title";

const LEAST_WIDTH = 40;
const MOST_WIDTH = 1_000;

interface Identified {
  id: string;
}

/** What the header of the table shows of the sort: its first field. */
export function sortingOf({ sort: [first] }: Content): Sorting | undefined {
  return first && { columnId: columnOfField(first.field), direction: first.order };
}

export function sortOf(sorting: Sorting | undefined): Content["sort"] {
  return sorting ? [{ field: fieldOfColumn(sorting.columnId), order: sorting.direction }] : [];
}

/** How the view wants a column to be; undefined where it does not name it. */
export function lookOf({ columns }: Content, columnId: string): ArrangedColumn | undefined {
  const field = fieldOfColumn(columnId);
  return columns.find((each) => each.field === field);
}

/** All columns in the view's order, hidden ones too. One it does not name stands after those it does. */
export function ordered<Column extends Identified>(columns: readonly Column[], content: Content): Column[] {
  const places = new Map(content.columns.map(({ field }, place) => [columnOfField(field), place]));
  const place = ({ id }: Column) => (id === NAME ? -1 : (places.get(id) ?? places.size));
  return columns.toSorted((a, b) => place(a) - place(b));
}

/** The columns that are shown, in the view's order. */
export function arranged<Column extends Identified>(columns: readonly Column[], content: Content): Column[] {
  return ordered(columns, content).filter(({ id }) => isShown(content, id));
}

export function isShown(content: Content, columnId: string): boolean {
  return columnId === NAME || !lookOf(content, columnId)?.is_hidden;
}

/** Puts a column before another one, or at the end. The name keeps its place. */
export function withMoved(
  columns: readonly Identified[],
  content: Content,
  columnId: string,
  beforeId: string | undefined,
): Content {
  if (columnId === NAME || beforeId === NAME || columnId === beforeId) return content;
  const field = fieldOfColumn(columnId);
  const before = beforeId && fieldOfColumn(beforeId);
  const all = placed(columns, content);
  const others = all.filter((each) => each.field !== field);
  const at = before ? others.findIndex((each) => each.field === before) : others.length;
  const moved = all.filter((each) => each.field === field);
  return withColumns(columns, content, others.toSpliced(at, 0, ...moved));
}

/** Puts a shown column one place to the left or right of where it is shown. */
export function withShifted(
  columns: readonly Identified[],
  content: Content,
  columnId: string,
  step: -1 | 1,
): Content {
  const shown = arranged(columns, content).map(({ id }) => id);
  const at = shown.indexOf(columnId);
  const isAtEdge = at + step < 1 || at + step >= shown.length;
  if (at < 1 || isAtEdge) return content;
  return withMoved(columns, content, columnId, step < 0 ? shown[at - 1] : shown[at + 2]);
}

/** Shows or hides a column. One that leaves the frozen ones takes no other in with it. */
export function withShown(
  columns: readonly Identified[],
  content: Content,
  columnId: string,
  isToBeShown: boolean,
): Content {
  if (columnId === NAME) return content;
  const at = arranged(columns, content).findIndex(({ id }) => id === columnId);
  const leavesFrozen = !isToBeShown && at >= 0 && at < content.frozen;
  const changed = withLook(columns, content, columnId, { is_hidden: !isToBeShown });
  return { ...changed, frozen: content.frozen - Number(leavesFrozen) };
}

/** Freezes everything up to a column. */
export function withFrozenTo(columns: readonly Identified[], content: Content, columnId: string): Content {
  const at = arranged(columns, content).findIndex(({ id }) => id === columnId);
  return { ...content, frozen: Math.max(at + 1, 1) };
}

export function withWidth(
  columns: readonly Identified[],
  content: Content,
  columnId: string,
  pixels: number,
): Content {
  const width = Math.min(Math.max(Math.round(pixels), LEAST_WIDTH), MOST_WIDTH);
  return withLook(columns, content, columnId, { width });
}

export function withSummary(
  columns: readonly Identified[],
  content: Content,
  columnId: string,
  summary: SummaryKind | null,
): Content {
  return withLook(columns, content, columnId, { summary });
}

function withLook(
  columns: readonly Identified[],
  content: Content,
  columnId: string,
  look: Partial<ArrangedColumn>,
): Content {
  const field = fieldOfColumn(columnId);
  const looks = placed(columns, content).map((each) => (each.field === field ? { ...each, ...look } : each));
  return withColumns(columns, content, looks);
}

/** Names as many as it takes, since all of it stands in the address: those after them are as they come. */
function withColumns(columns: readonly Identified[], content: Content, looks: ArrangedColumn[]): Content {
  const places = new Map(columns.map(({ id }, place) => [fieldOfColumn(id), place]));
  const placeAt = (at: number) => places.get(looks[at]?.field ?? "") ?? columns.length;
  let count = looks.length;
  while (isPlain(looks[count - 1]) && placeAt(count - 1) < placeAt(count)) count--;
  return { ...content, columns: looks.slice(0, count) };
}

function isPlain(look: ArrangedColumn | undefined): boolean {
  return look !== undefined && look.width === null && !look.is_hidden && look.summary === null;
}

/** Every column there is in its place. What the view still names and is gone has none. */
function placed(columns: readonly Identified[], content: Content): ArrangedColumn[] {
  return ordered(columns, content).map((column) => lookOf(content, column.id) ?? plain(column));
}

function plain({ id }: Identified): ArrangedColumn {
  return { field: fieldOfColumn(id), width: null, is_hidden: false, summary: null };
}
