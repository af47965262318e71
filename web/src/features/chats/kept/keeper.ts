/**
 * Keeps a workspace's rows in this browser, sealed, so that the next visit begins with them (decision 0051).
 *
 * Rows are cards of chats: titles, values, counts; never a message. One tab writes, the one that holds the lock; every
 * tab reads. `cursor` is how far the journal was read when the rows were as they are kept: reading on from there makes
 * them true, also after a crash between the two, since what is read twice changes nothing.
 */

import * as v from "valibot";
import type { Chat } from "@/lib/api/types";
import { BUCKETS, bucketName, Written } from "@/lib/kept/buckets";
import { Database, type Records } from "@/lib/kept/database";
import { databaseName } from "@/lib/kept/names";
import { type Sealed, Sealer } from "@/lib/kept/sealer";

/** Written two seconds after a change: what changes often is sealed once. */
const PATIENCE_MS = 2_000;
/** What is older is loaded anew: the feeds reach back 30 days, and reading on from long ago takes longer than that. */
const MOST_AGE_MS = 7 * 24 * 3_600_000;
const STATE = "state";
/** Grows with each change of what a row is: rows of another shape are not read. */
const SHAPE = 2;

const state = v.object({ shape: v.literal(SHAPE), cursor: v.string(), at: v.number() });

export interface Kept {
  chats: Chat[];
  cursor: string;
}

interface Place {
  userId: string;
  workspaceId: string;
  key: string;
}

export class Keeper {
  readonly #database: Database;
  readonly #sealer: Sealer;
  readonly #name: string;
  readonly #written = new Written<Chat>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #leave: () => void = () => undefined;
  #isWriter = false;
  #isStopped = false;
  #next: (() => Kept | undefined) | undefined;

  private constructor(name: string, database: Database, sealer: Sealer) {
    this.#name = name;
    this.#database = database;
    this.#sealer = sealer;
  }

  /** Opens what this browser keeps. Raises where it keeps nothing. */
  static async open({ userId, workspaceId, key }: Place): Promise<Keeper> {
    const name = databaseName(userId, workspaceId);
    const keeper = new Keeper(name, await Database.open(name), await Sealer.of(key));
    keeper.#becomeWriter(name);
    return keeper;
  }

  /** The rows as they were kept last; undefined where there are none, or they are of another session, or old. */
  async restore(nowMs = Date.now()): Promise<Kept | undefined> {
    const records = await this.#database.all();
    const found = v.safeParse(state, await this.#opened(records, STATE));
    if (!found.success || nowMs - found.output.at > MOST_AGE_MS) return this.#nothing();
    const names = Array.from({ length: BUCKETS }, (_, bucket) => bucketName(bucket)).filter((name) =>
      records.has(name),
    );
    const buckets = await Promise.all(names.map((name) => this.#opened(records, name)));
    if (buckets.some((bucket) => !Array.isArray(bucket))) return this.#nothing();
    const chats = buckets.flat() as Chat[];
    this.#written.note(chats);
    return { chats, cursor: found.output.cursor };
  }

  /** Says that the rows changed; what `read` gives a little later is written, if this is the tab that writes. */
  keep(read: () => Kept | undefined): void {
    this.#next = read;
    this.#timer ??= setTimeout(() => void this.#write(), PATIENCE_MS);
  }

  /** Stops keeping, and lets another tab write. */
  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    this.#leave();
    this.#database.close();
  }

  /** Stops keeping and removes what is kept; every tab that has it open stops, too. */
  async wipe(): Promise<void> {
    this.stop();
    await Database.remove(this.#name);
  }

  /** What can't be read is removed: it would be in the way of what is written next. */
  async #nothing(): Promise<undefined> {
    await this.#database.clear();
  }

  #becomeWriter(name: string): void {
    void navigator.locks.request(name, async () => {
      if (this.#isStopped) return;
      this.#isWriter = true;
      if (this.#next) this.keep(this.#next);
      await new Promise<void>((leave) => {
        this.#leave = leave;
      });
    });
  }

  async #write(): Promise<void> {
    this.#timer = undefined;
    if (!this.#isWriter || this.#isStopped) return;
    const next = this.#next?.();
    this.#next = undefined;
    if (!next) return;
    const records = new Map<string, Sealed>();
    for (const [bucket, chats] of this.#written.changed(next.chats)) {
      const name = bucketName(bucket);
      records.set(name, await this.#sealer.seal(name, chats));
    }
    const now = { shape: SHAPE, cursor: next.cursor, at: Date.now() };
    records.set(STATE, await this.#sealer.seal(STATE, now));
    try {
      await this.#database.put(records);
      this.#written.note(next.chats);
    } catch {
      // Wiped by another tab, or no room: nothing is lost but a faster beginning.
      this.stop();
    }
  }

  async #opened(records: Records, name: string): Promise<unknown> {
    const record = records.get(name);
    return record && this.#sealer.open(name, record);
  }
}
