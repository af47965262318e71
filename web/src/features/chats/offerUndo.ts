/** Edits of values that are offered to be taken back, wherever on a page they were made. */

import { plural, t } from "@lingui/core/macro";
import type { CellValue } from "@/features/fields/values";
import type { Chat, Column } from "@/lib/api/types";
import { notifyUndo } from "@/lib/notify";
import type { Act, ValueEdits } from "./edits";

/** Of many edits in a row the last is offered; the page's history has those before it. */
const EDIT = "edit";

/** Says what was done, unless nothing changed or none of it can be given back. */
export function offerUndo(edits: ValueEdits, { step }: Act, said: string): void {
  if (step.length > 0) notifyUndo(said, () => edits.takeBack(step), EDIT);
}

/** Gives one value. */
export function setWithUndo(edits: ValueEdits, chat: Chat, column: Column, value: CellValue): void {
  const { name } = column;
  const act = edits.setMany([{ chatId: chat.id, columnId: column.id, value }]);
  offerUndo(edits, act, t`${name} changed`);
}

export function valuesChanged(count: number): string {
  return plural(count, { one: "# value changed", other: "# values changed" });
}
