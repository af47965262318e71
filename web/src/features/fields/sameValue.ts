/** Whether values differ. Apart from reading and showing them, which no first page needs. */

import type { CellValue } from "./values";

/** Whether two values are the same: lists by what is in them. */
export function sameValue(a: CellValue, b: CellValue): boolean {
  if (!Array.isArray(a) || !Array.isArray(b)) return a === b;
  return a.length === b.length && a.every((each, index) => each === b[index]);
}
