/** Writes values at once on the screen and one after the other to the server, cell by cell. */

import { ApiError } from "@/lib/api/errors";
import type { SetValue } from "@/lib/api/types";
import { type Card, cardFieldOf, storedIn } from "./cardFields";
import type { ValueChange } from "./undo";
import type { CellValue } from "./values";

/** A value as the server keeps it; `version` is what the next write is conditioned on. */
export type StoredValue = Omit<SetValue, "column_id">;

/** Where values are shown: the query cache. */
export interface ShownValues {
  read(chatId: string, columnId: string): StoredValue | undefined;
  show(chatId: string, columnId: string, stored: StoredValue | undefined): void;
}

export type PutValue = (
  chatId: string,
  columnId: string,
  body: { value: CellValue; version: number | null },
) => Promise<StoredValue>;

/** A write that the server did not take; what stands is shown again. */
export interface RefusedWrite {
  change: ValueChange;
  error: ApiError;
  standing: StoredValue | undefined;
}

interface Lane {
  truth: StoredValue | undefined;
  seen: StoredValue | undefined;
  wanted: ValueChange | undefined;
}

const AT_ONCE = 6;

/** One lane a cell: an edit made while the one before is under way waits for its version. */
export class ValueWriter {
  readonly #shown: ShownValues;
  readonly #put: PutValue;
  readonly #onRefused: (refused: RefusedWrite) => void;
  readonly #untilBack: () => Promise<unknown>;
  readonly #lanes = new Map<string, Lane>();
  readonly #queue: (() => void)[] = [];
  #running = 0;
  #waiting = 0;

  /** `untilBack` resolves when the server may be reached again. */
  constructor(
    shown: ShownValues,
    put: PutValue,
    onRefused: (refused: RefusedWrite) => void,
    untilBack: () => Promise<unknown>,
  ) {
    this.#shown = shown;
    this.#put = put;
    this.#onRefused = onRefused;
    this.#untilBack = untilBack;
  }

  /** Shows the new value and sends it; resolves when nothing of this cell is under way any more. */
  async write(change: ValueChange): Promise<void> {
    const { chatId, columnId } = change;
    const key = `${chatId}/${columnId}`;
    const before = this.#shown.read(chatId, columnId);
    this.#shown.show(chatId, columnId, guessed(before, change.after));
    const lane = this.#lanes.get(key);
    if (lane) {
      lane.wanted = change;
      return;
    }
    await this.#drain(key, { truth: before, seen: undefined, wanted: change });
  }

  /** Whether an edit waits for the server to be reached again: this tab alone knows of it. */
  get isWaiting(): boolean {
    return this.#waiting > 0;
  }

  /** Takes a value that came live. While an own write of the cell is under way, its answer decides first. */
  observe(chatId: string, columnId: string, stored: StoredValue): void {
    const lane = this.#lanes.get(`${chatId}/${columnId}`);
    if (lane) lane.seen = newer(lane.seen, stored);
    else this.#shown.show(chatId, columnId, newer(this.#shown.read(chatId, columnId), stored));
  }

  async #drain(key: string, lane: Lane): Promise<void> {
    this.#lanes.set(key, lane);
    let last = lane.wanted;
    for (let change = lane.wanted; change; change = lane.wanted) {
      lane.wanted = undefined;
      last = change;
      await this.#turn();
      await this.#send(lane, change);
      this.#leave();
    }
    this.#lanes.delete(key);
    if (last) this.#shown.show(last.chatId, last.columnId, newer(lane.truth, lane.seen));
  }

  async #send(lane: Lane, change: ValueChange): Promise<void> {
    const { chatId, columnId, after } = change;
    try {
      lane.truth = await this.#put(chatId, columnId, { value: after, version: lane.truth?.version ?? null });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.code === "offline") {
        // It stays shown and is sent with the version it was made on, unless a later wish has taken its place.
        this.#waiting++;
        await this.#untilBack();
        this.#waiting--;
        lane.wanted ??= change;
        return;
      }
      const standing = standingOf(error, columnId);
      lane.truth = standing ?? lane.truth;
      lane.wanted = undefined;
      this.#onRefused({ change, error, standing });
    }
  }

  #turn(): Promise<void> {
    return new Promise((go) => {
      this.#queue.push(go);
      this.#next();
    });
  }

  #leave(): void {
    this.#running--;
    this.#next();
  }

  #next(): void {
    if (this.#running >= AT_ONCE) return;
    const go = this.#queue.shift();
    if (!go) return;
    this.#running++;
    go();
  }
}

function guessed(before: StoredValue | undefined, value: CellValue): StoredValue {
  return {
    value,
    version: before?.version ?? 0,
    set_at: new Date().toISOString(),
    set_by: before?.set_by ?? null,
    is_cut: false,
  };
}

function newer(a: StoredValue | undefined, b: StoredValue | undefined): StoredValue | undefined {
  if (!a || !b) return a ?? b;
  return b.version > a.version ? b : a;
}

/** The value that somebody else wrote first, where that is why a write was refused. */
function standingOf({ code, standing }: ApiError, columnId: string): StoredValue | undefined {
  const field = cardFieldOf(columnId);
  if (field) return code === "card-changed" ? storedIn(standing as Card, field) : undefined;
  return code === "value-changed" ? (standing as SetValue | undefined) : undefined;
}
