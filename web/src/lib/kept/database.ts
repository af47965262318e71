/** The browser's databases of ours: one a person and workspace, all of whose records are sealed. */

import { isOurs } from "./names";
import type { Sealed } from "./sealer";

const STORE = "sealed";
/** Grows when rows look otherwise: what another version kept is forgotten, and loaded anew. */
const VERSION = 2;

export type Records = ReadonlyMap<string, Sealed>;

/** An open database. Another tab that wipes it closes it here: what is written then goes nowhere. */
export class Database {
  readonly #opened: IDBDatabase;

  private constructor(opened: IDBDatabase) {
    this.#opened = opened;
    opened.onversionchange = () => opened.close();
  }

  /** Raises where the browser keeps nothing, as private windows may. */
  static async open(name: string): Promise<Database> {
    const asked = indexedDB.open(name, VERSION);
    asked.onupgradeneeded = () => {
      const database = asked.result;
      if (database.objectStoreNames.contains(STORE)) database.deleteObjectStore(STORE);
      database.createObjectStore(STORE);
    };
    return new Database(await answered(asked));
  }

  async all(): Promise<Records> {
    const store = this.#opened.transaction(STORE).objectStore(STORE);
    const [names, records] = await Promise.all([answered(store.getAllKeys()), answered(store.getAll())]);
    return new Map(names.map((name, place) => [String(name), records[place] as Sealed]));
  }

  async get(name: string): Promise<Sealed | undefined> {
    return answered(this.#opened.transaction(STORE).objectStore(STORE).get(name));
  }

  async clear(): Promise<void> {
    await answered(this.#opened.transaction(STORE, "readwrite").objectStore(STORE).clear());
  }

  /** Removes a whole database; whoever has it open closes it first. */
  static async remove(name: string): Promise<void> {
    await answered(indexedDB.deleteDatabase(name));
  }

  /** Writes all of them or none. */
  async put(records: Records): Promise<void> {
    const change = this.#opened.transaction(STORE, "readwrite", { durability: "relaxed" });
    const store = change.objectStore(STORE);
    for (const [name, record] of records) store.put(record, name);
    await new Promise<void>((settle, fail) => {
      change.oncomplete = () => settle();
      change.onerror = () => fail(change.error);
      change.onabort = () => fail(change.error);
    });
  }

  close(): void {
    this.#opened.close();
  }
}

/** Removes our databases but those that are to stay; without any all of them. */
export async function wipeBut(stay: ReadonlySet<string> = new Set()): Promise<void> {
  const known = await indexedDB.databases();
  const gone = known.map(({ name }) => name ?? "").filter((name) => isOurs(name) && !stay.has(name));
  await Promise.all(gone.map((name) => Database.remove(name)));
}

function answered<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((settle, fail) => {
    request.onsuccess = () => settle(request.result);
    request.onerror = () => fail(request.error);
  });
}
