/** Begins a workspace's rows with those this browser kept, and has what they become kept; light, the keeper is loaded. */

import type { QueryClient } from "@tanstack/react-query";
import { http } from "@/lib/api/client";
import type { Chat, ChatPage } from "@/lib/api/types";
import { databaseName } from "@/lib/kept/names";
import { chatsQuery, type LoadedPages } from "../cache";
import type { Keeper, Kept } from "./keeper";

/** A first visit has more to load than what keeps its rows for the next one. */
const AFTER_FIRST_SIGHT_MS = 8_000;

export class KeptRows {
  /** The rows as they were kept; undefined where there are none, which takes no time to know. */
  readonly chats: Promise<Chat[] | undefined>;
  /** From where the journal makes true what the rows begin with; null where that could not be learnt. */
  readonly cursor: Promise<string | null>;
  readonly #userId: string;
  readonly #workspaceId: string;
  #keeper: Keeper | undefined;
  #read: (() => Kept | undefined) | undefined;
  #cursor: string | null = null;
  #later: ReturnType<typeof setTimeout> | undefined;

  constructor(userId: string, workspaceId: string) {
    this.#userId = userId;
    this.#workspaceId = workspaceId;
    const kept = this.#begin();
    this.chats = kept.then((found) => found?.chats);
    this.cursor = kept.then((found) => found?.cursor ?? this.#journalsEnd());
    void this.cursor.then((cursor) => {
      this.#cursor ??= cursor;
    });
  }

  /** How far the journal is read by now; rows are kept with it. */
  readAsFarAs(cursor: string | null): void {
    this.#cursor = cursor;
  }

  /** Has the cached rows kept whenever they change, until the returned function is called. */
  follow(client: QueryClient): () => void {
    const { queryKey } = chatsQuery(this.#workspaceId);
    this.#read = (): Kept | undefined => {
      const pages = client.getQueryData<LoadedPages>(queryKey)?.pages;
      const isWhole = pages?.at(-1)?.next_cursor === null;
      if (!isWhole || this.#cursor === null) return undefined;
      return {
        chats: pages.flatMap((page: ChatPage) => page.chats),
        cursor: this.#cursor,
      };
    };
    const end = client.getQueryCache().subscribe(({ query, type }) => {
      if (type === "updated" && query.queryKey[0] === queryKey[0] && query.queryKey[1] === queryKey[1])
        this.#keep();
    });
    return () => {
      end();
      clearTimeout(this.#later);
      this.#keeper?.stop();
    };
  }

  /** Forgets everything of this workspace, in every tab, until the page is opened anew. */
  async forget(): Promise<void> {
    await this.#keeper?.wipe();
  }

  /** Where nothing is kept, rows need not wait for the key that it would be opened with. */
  async #begin(): Promise<Kept | undefined> {
    const name = databaseName(this.#userId, this.#workspaceId);
    const known = await indexedDB.databases().catch(() => []);
    const open = () => this.#restored().catch(() => undefined);
    if (known.some((each) => each.name === name)) return open();
    this.#later = setTimeout(open, AFTER_FIRST_SIGHT_MS);
    return undefined;
  }

  async #restored(): Promise<Kept | undefined> {
    const [key, { Keeper }] = await Promise.all([this.#key(), import("./keeper")]);
    const keeper = await Keeper.open({ userId: this.#userId, workspaceId: this.#workspaceId, key });
    const kept = await keeper.restore();
    this.#keeper = keeper;
    this.#keep();
    return kept;
  }

  #keep(): void {
    if (this.#read) this.#keeper?.keep(this.#read);
  }

  async #key(): Promise<string> {
    const path = { workspace_id: this.#workspaceId };
    const { data } = await http.GET("/workspaces/{workspace_id}/store-key", { params: { path } });
    if (!data) throw new TypeError("The answer holds no key.");
    return data.key;
  }

  /** The end stands some seconds back: what happens while the rows are loaded comes after it. */
  async #journalsEnd(): Promise<string | null> {
    const path = { workspace_id: this.#workspaceId };
    const asked = http.GET("/workspaces/{workspace_id}/changes", { params: { path } });
    return asked.then(({ data }) => data?.next_cursor ?? null).catch(() => null);
  }
}
