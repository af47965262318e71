/** Where files set out from. What sends them is loaded with the first one: most visits send none. */

import type { Live } from "@/live/types";
import type { MessageStore } from "../messages/store";
import type { Shipments } from "./shipments";

export class Wharf {
  readonly #store: MessageStore;
  readonly #live: Live;
  #shipments: Promise<Shipments> | null = null;
  #end: (() => void) | undefined;

  constructor(store: MessageStore, live: Live) {
    this.#store = store;
    this.#live = live;
  }

  /** Ends what was begun, when the returned function is called. A file dropped beside a chat does not replace the app. */
  start(): () => void {
    window.addEventListener("dragover", refuseDrop);
    window.addEventListener("drop", refuseDrop);
    return () => {
      window.removeEventListener("dragover", refuseDrop);
      window.removeEventListener("drop", refuseDrop);
      this.#end?.();
      this.#shipments = null;
    };
  }

  /** What sends files: the same promise each time, but for after its code could not be loaded. */
  shipments(): Promise<Shipments> {
    this.#shipments ??= this.#open();
    return this.#shipments;
  }

  async #open(): Promise<Shipments> {
    try {
      const { Shipments } = await import("./shipments");
      const opened = new Shipments(this.#store, this.#live);
      this.#end = opened.start();
      return opened;
    } catch (error) {
      this.#shipments = null;
      throw error;
    }
  }
}

function refuseDrop(event: DragEvent): void {
  if (event.defaultPrevented || !event.dataTransfer?.types.includes("Files")) return;
  event.dataTransfer.dropEffect = "none";
  event.preventDefault();
}
