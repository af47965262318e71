/** Batches of value changes that can be taken back and made again. Pure. */

import type { CellValue } from "./values";

export interface ValueChange {
  readonly chatId: string;
  readonly columnId: string;
  readonly before: CellValue;
  readonly after: CellValue;
}

/** What one act of a person changed: an edit, a paste, a fill, a delete. */
export type Batch = readonly ValueChange[];

export interface History {
  readonly done: readonly Batch[];
  readonly undone: readonly Batch[];
}

const DEPTH = 100;

export const emptyHistory: History = { done: [], undone: [] };

/** Remembers a batch. What was undone before can no longer be redone. */
export function remembered(history: History, batch: Batch): History {
  return batch.length === 0 ? history : { done: [...history.done, batch].slice(-DEPTH), undone: [] };
}

/** Takes the last batch back: the history after it, and the changes to make. */
export function undone({ done, undone }: History): { history: History; changes: Batch } {
  const last = done.at(-1);
  if (!last) return { history: { done, undone }, changes: [] };
  return {
    history: { done: done.slice(0, -1), undone: [...undone, last] },
    changes: last.toReversed().map(inverse),
  };
}

/** Makes the batch that was undone last again. */
export function redone({ done, undone }: History): { history: History; changes: Batch } {
  const last = undone.at(-1);
  if (!last) return { history: { done, undone }, changes: [] };
  return { history: { done: [...done, last], undone: undone.slice(0, -1) }, changes: last };
}

/** Forgets a change that the server refused: taking it back would write a value nobody chose. */
export function withoutRefused(history: History, { chatId, columnId }: ValueChange): History {
  const keep = (each: ValueChange) => each.chatId !== chatId || each.columnId !== columnId;
  const pruned = (batches: readonly Batch[]) =>
    batches.map((batch) => batch.filter(keep)).filter((batch) => batch.length);
  return { done: pruned(history.done), undone: pruned(history.undone) };
}

function inverse(change: ValueChange): ValueChange {
  return { ...change, before: change.after, after: change.before };
}
