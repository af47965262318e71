/** What a person did in the table becomes edits; what did not fit is said, and may be taken back. */

import { t } from "@lingui/core/macro";
import type { PasteResult } from "@/components/grid/batch";
import type { CellRefusal } from "@/components/grid/model";
import { goneText, refusalText } from "@/features/fields/refusalText";
import type { Refusal } from "@/features/fields/values";
import { notifyProblem } from "@/lib/notify";
import type { ValueEdits } from "../edits";
import { offerUndo, valuesChanged } from "../offerUndo";

const EXAMPLE_MAX = 24;

/** Makes the edits as one step, which is offered to be taken back. */
export function applyEdits({ edits: cells, refusals }: PasteResult, edits: ValueEdits): void {
  const act = edits.setMany(cells.map(({ rowId, columnId, value }) => ({ chatId: rowId, columnId, value })));
  offerUndo(edits, act, valuesChanged(act.changed));
  const [first] = refusals;
  if (first) notifyProblem(refusedText(first, refusals.length));
}

function refusedText(first: CellRefusal, count: number): string {
  const text = first.text.length > EXAMPLE_MAX ? `${first.text.slice(0, EXAMPLE_MAX)}…` : first.text;
  const example = `“${text}”: ${reasonText(first.refusal)}`;
  return count === 1
    ? t`1 cell was left as it was. ${example}`
    : t`${count} cells were left as they were. ${example}`;
}

function reasonText(refusal: string): string {
  if (refusal === "read-only") return t`This column cannot be changed`;
  if (refusal === "gone") return goneText();
  return refusalText(refusal as Refusal);
}
