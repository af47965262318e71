/** What a paste or a delete does to a sheet: the edits, and the texts that do not fit. Pure. */

import { type CellEdit, type CellRefusal, type Sheet, takesValues } from "./model";

export interface Area {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface PasteResult {
  edits: CellEdit[];
  refusals: CellRefusal[];
}

/**
 * Lays a table of texts over the sheet from one cell on. What reaches over the edge is left out;
 * a text over a read-only cell is refused as `read-only`. One single text fills the whole `area`.
 */
export function pasted(sheet: Sheet, area: Area, texts: readonly (readonly string[])[]): PasteResult {
  const result: PasteResult = { edits: [], refusals: [] };
  for (const { rowId, columnId, text } of laid(sheet, area, texts)) {
    const parsed = isTaking(sheet, columnId) ? sheet.parse(columnId, text) : readOnly;
    if (parsed.ok) result.edits.push({ rowId, columnId, value: parsed.value });
    else result.refusals.push({ rowId, columnId, text, refusal: parsed.refusal });
  }
  return result;
}

/** Clears every cell of the areas that may be changed. */
export function cleared(sheet: Sheet, areas: readonly Area[]): CellEdit[] {
  return areas.flatMap((area) =>
    cellsOf(sheet, area)
      .filter(({ columnId }) => isTaking(sheet, columnId))
      .map(({ rowId, columnId }) => ({ rowId, columnId, value: null })),
  );
}

const readOnly = { ok: false, refusal: "read-only" } as const;

function laid(sheet: Sheet, area: Area, texts: readonly (readonly string[])[]) {
  const height = texts.length;
  const width = Math.max(...texts.map((row) => row.length), 0);
  const isSingle = height === 1 && width === 1;
  const target = isSingle ? area : { x: area.x, y: area.y, width, height };
  return cellsOf(sheet, target).flatMap((cell) => {
    const text = isSingle ? texts[0]?.[0] : texts[cell.row - area.y]?.[cell.column - area.x];
    return text === undefined ? [] : [{ rowId: cell.rowId, columnId: cell.columnId, text }];
  });
}

function cellsOf(sheet: Sheet, { x, y, width, height }: Area) {
  return sheet.rowIds
    .slice(y, y + height)
    .flatMap((rowId, row) =>
      sheet.columns
        .slice(x, x + width)
        .map(({ id }, column) => ({ rowId, columnId: id, row: y + row, column: x + column })),
    );
}

function isTaking(sheet: Sheet, columnId: string): boolean {
  const column = sheet.columns.find((each) => each.id === columnId);
  return column === undefined || takesValues(column);
}
