/** Edits of values and chats' own fields: their code is loaded by the first who edits, or is told of an edit. */

import type { QueryClient } from "@tanstack/react-query";
import type { OpenEditing } from "./openEditing";

export class Editing {
  readonly #client: QueryClient;
  readonly #workspaceId: string;
  #opened: Promise<OpenEditing> | undefined;
  #loaded: OpenEditing | undefined;

  constructor(client: QueryClient, workspaceId: string) {
    this.#client = client;
    this.#workspaceId = workspaceId;
  }

  /** Whether anything can be under way. */
  get isOpened(): boolean {
    return this.#opened !== undefined;
  }

  /** Whether an edit waits for the server to be reached again: this tab alone knows of it. */
  get isWaiting(): boolean {
    return this.#loaded?.writer.isWaiting ?? false;
  }

  /** The same promise each time, but for after its code could not be loaded. */
  open(): Promise<OpenEditing> {
    this.#opened ??= this.#load();
    return this.#opened;
  }

  async #load(): Promise<OpenEditing> {
    try {
      const { openEditing } = await import("./openEditing");
      this.#loaded = openEditing(this.#client, this.#workspaceId);
      return this.#loaded;
    } catch (error) {
      this.#opened = undefined;
      throw error;
    }
  }
}
