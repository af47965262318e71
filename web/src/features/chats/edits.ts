/** Edits of custom values, from wherever they are made, with one history to undo them in. */

import { sameValue } from "@/features/fields/sameValue";
import {
  type Batch,
  emptyHistory,
  type History,
  redone,
  remembered,
  undone,
  type ValueChange,
  withoutRefused,
} from "@/features/fields/undo";
import type { CellValue } from "@/features/fields/values";
import type { ShownValues, StoredValue, ValueWriter } from "@/features/fields/writer";

/** A wish to give one chat's column a value; null clears it. */
export interface ValueWish {
  chatId: string;
  columnId: string;
  value: CellValue;
}

/** What an act has come to: how many values changed, and the step of the history that can be taken back. */
export interface Act {
  changed: number;
  step: Batch;
}

export type FetchValue = (chatId: string, columnId: string) => Promise<StoredValue>;

export class ValueEdits {
  readonly #shown: ShownValues;
  readonly #writer: ValueWriter;
  readonly #fetch: FetchValue;
  readonly #isForGood: (columnId: string) => boolean;
  readonly #listeners = new Set<() => void>();
  #history: History = emptyHistory;

  /** `isForGood` tells the columns whose values can't be given back: a file that was taken off is gone. */
  constructor(
    shown: ShownValues,
    writer: ValueWriter,
    fetch: FetchValue,
    isForGood: (columnId: string) => boolean = () => false,
  ) {
    this.#shown = shown;
    this.#writer = writer;
    this.#fetch = fetch;
    this.#isForGood = isForGood;
  }

  get history(): History {
    return this.#history;
  }

  /** Gives one value. */
  set(chatId: string, columnId: string, value: CellValue): void {
    this.setMany([{ chatId, columnId, value }]);
  }

  /** Gives many values as one step of the history. */
  setMany(wishes: readonly ValueWish[]): Act {
    const batch = wishes.map((wish) => this.#change(wish)).filter(isChange);
    const step = batch.filter((change) => this.#isWhole(change) && !this.#isForGood(change.columnId));
    this.#setHistory(remembered(this.#history, step));
    this.#write(batch);
    return { changed: batch.length, step };
  }

  /** The whole of a long text that is shown by its beginning; it is shown whole from then on. */
  async whole(chatId: string, columnId: string): Promise<string> {
    const stored = await this.#fetch(chatId, columnId);
    if (stored.version === this.#shown.read(chatId, columnId)?.version)
      this.#shown.show(chatId, columnId, stored);
    return typeof stored.value === "string" ? stored.value : "";
  }

  /** Takes the last step back. Returns the changes this makes, none when there is no step. */
  undo(): Batch {
    return this.#replay(undone(this.#history));
  }

  redo(): Batch {
    return this.#replay(redone(this.#history));
  }

  /** Takes one act back, wherever it stands in the history; what was changed again since is left alone. */
  takeBack(step: Batch): void {
    if (this.#history.done.at(-1) === step) this.undo();
    else
      this.setMany(
        step
          .filter((change) => this.#stands(change))
          .map(({ before, ...cell }) => ({ ...cell, value: before })),
      );
  }

  /** Leaves a change that the server refused out of the history. */
  forget(change: ValueChange): void {
    this.#setHistory(withoutRefused(this.#history, change));
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #stands({ chatId, columnId, after }: ValueChange): boolean {
    return sameValue(this.#shown.read(chatId, columnId)?.value ?? null, after);
  }

  #replay({ history, changes }: { history: History; changes: Batch }): Batch {
    this.#setHistory(history);
    this.#write(changes);
    return changes;
  }

  /** What is only known by its beginning can't be given back. */
  #isWhole({ chatId, columnId }: ValueChange): boolean {
    return !this.#shown.read(chatId, columnId)?.is_cut;
  }

  #change({ chatId, columnId, value }: ValueWish): ValueChange {
    return { chatId, columnId, before: this.#shown.read(chatId, columnId)?.value ?? null, after: value };
  }

  #write(batch: Batch): void {
    for (const change of batch) void this.#writer.write(change);
  }

  #setHistory(history: History): void {
    this.#history = history;
    for (const listener of this.#listeners) listener();
  }
}

function isChange({ before, after }: ValueChange): boolean {
  return !sameValue(before, after);
}
