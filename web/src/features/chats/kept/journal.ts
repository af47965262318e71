/** Reads the workspace's journal on from where the rows were true, and has what happened since applied. */

import type { QueryClient } from "@tanstack/react-query";
import { http } from "@/lib/api/client";
import { ApiError } from "@/lib/api/errors";
import type { Change } from "@/lib/api/types";
import { pagesOfAll, refetchChat } from "../cache";
import type { KeptRows } from "./opening";

/** Reading the journal stops five seconds behind the clock. */
const SETTLED_MS = 5_500;
/** So that rows are kept with a cursor that is not old, and what a lost hint did not tell is seen. */
const READ_EVERY_MS = 5 * 60_000;
/** Chats that are asked for one by one rather than a page of all of them. */
const CHATS_A_PAGE = 3;

interface Place {
  workspaceId: string;
  client: QueryClient;
  kept: Promise<Pick<KeptRows, "cursor" | "readAsFarAs">>;
}

interface Acts {
  /** Applies a change that is not about a chat's own facts. */
  apply: (change: Change) => Promise<void>;
  /** Loads all chats anew. */
  refresh: () => Promise<void>;
}

export class JournalReader {
  readonly #place: Place;
  readonly #acts: Acts;
  #cursor: string | null = null;
  #isReading = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #nowAndThen: ReturnType<typeof setInterval>;

  constructor(place: Place, acts: Acts) {
    this.#place = place;
    this.#acts = acts;
    this.#nowAndThen = setInterval(() => this.#catchUpIfPossible(), READ_EVERY_MS);
  }

  /** Once more when reading shows all there is by now. */
  catchUpLater(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#catchUpIfPossible(), SETTLED_MS);
  }

  stop(): void {
    clearTimeout(this.#timer);
    clearInterval(this.#nowAndThen);
  }

  async catchUp(): Promise<void> {
    if (this.#isReading) return;
    this.#isReading = true;
    try {
      this.#cursor ??= await (await this.#place.kept).cursor;
      await this.#readOn();
    } finally {
      this.#isReading = false;
    }
  }

  /** What can't be read now is read at the next reconnect. */
  #catchUpIfPossible(): void {
    this.catchUp().catch((error: unknown) => {
      if (!(error instanceof ApiError)) throw error;
    });
  }

  /** The cursor moves when all it covers is applied: the rows that are kept with it are as true as it says. */
  async #readOn(): Promise<void> {
    const isFirst = this.#cursor === null;
    for (let hasMore = true; hasMore; ) {
      const { changes, next_cursor, has_more } = await this.#read();
      if (!isFirst) await this.#applyAll(changes);
      hasMore = !isFirst && has_more;
      this.#cursor = next_cursor ?? this.#cursor;
      (await this.#place.kept).readAsFarAs(this.#cursor);
    }
  }

  async #read() {
    const query = this.#cursor === null ? {} : { cursor: this.#cursor };
    const { data } = await http.GET("/workspaces/{workspace_id}/changes", {
      params: { path: { workspace_id: this.#place.workspaceId }, query },
    });
    return data ?? { changes: [], next_cursor: null, has_more: false };
  }

  /** A chat that changed often is asked for once, and where many did all are. */
  async #applyAll(changes: readonly Change[]): Promise<void> {
    const { client, workspaceId } = this.#place;
    const chatIds = new Set(changes.filter(isOfChat).map(({ target }) => target));
    for (const change of changes) if (!isOfChat(change)) await this.#acts.apply(change);
    if (chatIds.size > CHATS_A_PAGE * pagesOfAll(client, workspaceId)) await this.#acts.refresh();
    else await Promise.all([...chatIds].map((id) => this.#refetchIfThere(id)));
  }

  /** One that is gone, or not to be seen any more, is no reason to read the same again. */
  async #refetchIfThere(chatId: string): Promise<void> {
    try {
      await refetchChat(this.#place.client, this.#place.workspaceId, chatId);
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 404)) throw error;
    }
  }
}

function isOfChat({ kind }: Change): boolean {
  return kind.startsWith("chat.");
}
