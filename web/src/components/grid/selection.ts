/** The selection of a grid, which knows rows by number, kept on the rows and columns that a person selected. Pure. */

import { CompactSelection, type GridSelection } from "@glideapps/glide-data-grid";
import type { Area } from "./batch";
import type { Sheet } from "./model";

export const nothingSelected: GridSelection = {
  columns: CompactSelection.empty(),
  rows: CompactSelection.empty(),
};

/** The names by which a selection is followed. */
export interface Places {
  rowIds: readonly string[];
  columnIds: readonly string[];
}

export function placesOf({ rowIds, columns }: Sheet): Places {
  return { rowIds, columnIds: columns.map((each) => each.id) };
}

/**
 * The same cells after rows or columns have moved. A range that was torn apart shrinks to the cell the cursor is at;
 * a cursor whose row is gone stays at its height.
 */
export function followed(selection: GridSelection, was: Places, now: Places): GridSelection {
  const { current } = selection;
  if (!current) return selection;
  const [x, y] = current.cell;
  const cell = [movedTo(x, was.columnIds, now.columnIds), movedTo(y, was.rowIds, now.rowIds)] as const;
  if (cell[0] < 0 || cell[1] < 0) return nothingSelected;
  const { range } = current;
  const left = startOf(range.x, range.width, was.columnIds, now.columnIds);
  const top = startOf(range.y, range.height, was.rowIds, now.rowIds);
  const isWhole = left >= 0 && top >= 0;
  const kept = isWhole ? { ...range, x: left, y: top } : { x: cell[0], y: cell[1], width: 1, height: 1 };
  return { ...selection, current: { cell, range: kept, rangeStack: [] } };
}

/** The rows by number, as the grid wants them, of rows by id. */
export function rowNumbers(rowIds: readonly string[], selected: ReadonlySet<string>): CompactSelection {
  let numbers = CompactSelection.empty();
  if (selected.size === 0) return numbers;
  let from = -1;
  for (let row = 0; row <= rowIds.length; row++) {
    const isIn = row < rowIds.length && selected.has(rowIds[row] ?? "");
    if (isIn && from < 0) from = row;
    if (isIn || from < 0) continue;
    numbers = numbers.add([from, row]);
    from = -1;
  }
  return numbers;
}

/** The ids of rows by number; a number below the last row means none. */
export function rowIdsOf(rowIds: readonly string[], numbers: CompactSelection): ReadonlySet<string> {
  return new Set(numbers.toArray().flatMap((row) => rowIds[row] ?? []));
}

/** What is selected as areas, without the row of summaries. */
export function areasOf({ current }: GridSelection, rowCount: number): Area[] {
  if (!current) return [];
  return [current.range, ...current.rangeStack]
    .map((area) => ({ ...area, height: Math.min(area.height, rowCount - area.y) }))
    .filter(({ height }) => height > 0);
}

function movedTo(at: number, was: readonly string[], now: readonly string[]): number {
  const id = was[at];
  if (id !== undefined && now[at] === id) return at;
  const found = id === undefined ? -1 : now.indexOf(id);
  return found >= 0 ? found : Math.min(at, now.length - 1);
}

/** Where a run of places begins now, if it is still one run in the same order; else -1. */
function startOf(start: number, length: number, was: readonly string[], now: readonly string[]): number {
  const first = was[start];
  const found = first === undefined ? -1 : now.indexOf(first);
  const isSame = found >= 0 && was.slice(start, start + length).every((id, step) => now[found + step] === id);
  return isSame ? found : -1;
}
