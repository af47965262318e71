/** Cells of a file that are mended on the screen, as they are typed and as the API takes them. Pure. */

import type { ImportFault, ImportPlan } from "@/lib/api/types";

/** What is to stand in a cell, by its place. */
export type MendedCells = ReadonlyMap<string, string>;

export function placeOf({ line, column }: Pick<ImportFault, "line" | "column">): string {
  return `${line} ${column}`;
}

/** Those that were typed into; one that was emptied again is the file's own. */
export function cellsOf(mended: MendedCells): NonNullable<ImportPlan["mended"]> {
  return [...mended].flatMap(([place, text]) => {
    const [line, column] = place.split(" ").map(Number);
    return text.trim() === "" || line === undefined || column === undefined ? [] : [{ line, column, text }];
  });
}
