/** Cells that stand out, as the canvas draws them. */

import type { Highlight } from "@glideapps/glide-data-grid";
import { colors, type Scheme } from "@/lib/theme/tokens";
import { cellKey, type Mark, type Marks, type Sheet } from "./model";

const COLORS = {
  changed: "focus",
  refused: "danger-text",
  conflict: "warning-text",
} as const satisfies Record<Mark, keyof typeof colors>;

/** The frames of marked cells; one pass over the rows while anything is marked, none otherwise. */
export function framesOf(sheet: Sheet, marks: Marks, scheme: Scheme): readonly Highlight[] {
  if (marks.size === 0) return [];
  const rows = new Set([...marks.keys()].map((key) => key.slice(0, key.indexOf("/"))));
  return sheet.rowIds.flatMap((rowId, row) => {
    if (!rows.has(rowId)) return [];
    return sheet.columns.flatMap(({ id: columnId }, column) => {
      const mark = marks.get(cellKey({ rowId, columnId }));
      return mark ? [frame(colors[COLORS[mark]][scheme], column, row, mark)] : [];
    });
  });
}

function frame(color: string, x: number, y: number, mark: Mark): Highlight {
  const range = { x, y, width: 1, height: 1 };
  return { color, range, style: mark === "conflict" ? "dashed" : "solid-outline" };
}
