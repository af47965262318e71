/** What keys, clicks and the clipboard do to a sheet, in the sheet's own words. */

import type {
  EditListItem,
  GridKeyEventArgs,
  GridSelection,
  Item,
  Rectangle,
} from "@glideapps/glide-data-grid";
import { afterEvent } from "@/lib/afterEvent";
import { cleared, type PasteResult, pasted } from "./batch";
import { isPainted } from "./cells";
import type { GridProps } from "./Grid";
import type { HeldSheet } from "./held";
import {
  type CellAt,
  type CellEdit,
  type CellRefusal,
  hasEditor,
  type ParsedText,
  type Sheet,
  type SheetColumn,
  takesValues,
} from "./model";
import { areasOf } from "./selection";

export const MISSING = { id: "", title: "", width: 0, edit: "none" } as const;

type Bounds = Pick<Rectangle, "x" | "y" | "height">;

/** What the acts ask of the grid: where a cell lies in the window, and to go to what hangs under one. */
export interface Reach {
  boundsOf: (column: number, row: number) => Bounds | undefined;
  toCallout: () => void;
}

export function actsOn(
  props: GridProps,
  held: HeldSheet,
  selection: GridSelection,
  { boundsOf, toCallout }: Reach,
) {
  const { onEdit, onPeek, onOpen } = props;
  const { shown: sheet, hold } = held;
  const columnAt = (column: number) => sheet.columns[column] ?? MISSING;
  const rowAt = (row: number) => sheet.rowIds[row];
  const below = (bounds: Bounds) => ({ x: bounds.x, y: bounds.y + bounds.height });
  const onHeaderMenu = (column: number, bounds: Bounds) =>
    props.onHeaderMenu(columnAt(column).id, below(bounds));
  const openBelow = (column: number, bounds: Bounds) => afterEvent(() => onHeaderMenu(column, bounds));
  const onSummary = (column: number, row: number) => {
    const bounds = boundsOf(column, row);
    if (bounds) afterEvent(() => props.onSummary(columnAt(column).id, below(bounds)));
  };
  return {
    onCellsEdited: (items: readonly EditListItem[]) => {
      onEdit(editsOf(held, items));
      return true;
    },
    validateCell: ([column]: Item, cell: EditListItem["value"]) =>
      readCell(sheet, columnAt(column).id, cell).ok,
    onPaste: ([x, y]: Item, texts: readonly (readonly string[])[]) => {
      onEdit(pasted(sheet, selection.current?.range ?? { x, y, width: 1, height: 1 }, texts));
      return false;
    },
    onDelete: (selected: GridSelection) => {
      onEdit({ edits: cleared(sheet, areasOf(selected, sheet.rowIds.length)), refusals: [] });
      return false;
    },
    onActivated: ([column, row]: Item) => {
      const rowId = rowAt(row);
      const { edit } = columnAt(column);
      if (rowId === undefined) onSummary(column, row);
      else if (column === 0) onOpen(rowId);
      else if (edit === "typed" || hasEditor({ edit })) hold();
    },
    onClicked: ([column, row]: Item) => {
      if (rowAt(row) === undefined) onSummary(column, row);
    },
    onKeyDown: (event: GridKeyEventArgs) => {
      const [column, row] = event.location ?? [-1, -1];
      const rowId = rowAt(row);
      const keys = keysOf(event);
      if (keys === "Alt+ArrowDown" && event.bounds) openBelow(column, event.bounds);
      else if (keys === "Alt+Enter" && props.callout) toCallout();
      else if (keys === "Shift+ " && rowId) props.onSelectRows(toggled(props.selectedRowIds, rowId));
      else if (keys === " " && rowId && columnAt(column).edit !== "toggled") onPeek(rowId);
      else return;
      event.cancel();
      event.preventDefault();
    },
    onHeaderMenu,
    onMoved: (from: number, to: number) => {
      const others = sheet.columns.toSpliced(from, 1);
      props.onColumnMove(columnAt(from).id, others[to]?.id);
    },
  };
}

/** "Alt+ArrowDown", "Shift+ ": a key with what is held down with it. */
function keysOf({ key, shiftKey, ctrlKey, metaKey, altKey }: GridKeyEventArgs): string {
  const held = { Ctrl: ctrlKey || metaKey, Alt: altKey, Shift: shiftKey };
  const names = Object.entries(held).flatMap(([name, isHeld]) => (isHeld ? [name] : []));
  return [...names, key].join("+");
}

function toggled(selected: ReadonlySet<string>, rowId: string): ReadonlySet<string> {
  const next = new Set(selected);
  if (!next.delete(rowId)) next.add(rowId);
  return next;
}

/** Edits that Glide made cell by cell: typing, filling, toggling. */
function editsOf({ shown: sheet, isGone }: HeldSheet, items: readonly EditListItem[]): PasteResult {
  const edits: CellEdit[] = [];
  const refusals: CellRefusal[] = [];
  for (const { location, value: cell } of items) {
    const column = sheet.columns[location[0]] ?? MISSING;
    const rowId = sheet.rowIds[location[1]];
    if (rowId === undefined) continue;
    const at: CellAt = { rowId, columnId: column.id };
    const read = parsedFor(column, isGone(at), () => readCell(sheet, column.id, cell));
    if (read.ok) edits.push({ ...at, value: read.value });
    else refusals.push({ ...at, text: textOf(cell), refusal: read.refusal });
  }
  return { edits, refusals };
}

function parsedFor(column: Pick<SheetColumn, "edit">, isGone: boolean, read: () => ParsedText): ParsedText {
  if (isGone) return { ok: false, refusal: "gone" };
  return takesValues(column) ? read() : { ok: false, refusal: "read-only" };
}

function readCell(sheet: Sheet, columnId: string, cell: EditListItem["value"]): ParsedText {
  if (isPainted(cell) && cell.data.columnId === columnId) return { ok: true, value: cell.data.value };
  if (isPainted(cell)) return sheet.parse(columnId, cell.copyData);
  if (typeof cell.data === "boolean") return { ok: true, value: cell.data ? true : null };
  return sheet.parse(columnId, typeof cell.data === "string" ? cell.data : "");
}

function textOf(cell: EditListItem["value"]): string {
  return isPainted(cell) ? cell.copyData : String(cell.data ?? "");
}
