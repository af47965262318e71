/** The WebSocket of this origin's gateway, reconnecting with growing, jittered waits. Nothing is queued while it is down. */

import type { Wire } from "./socket";

const OPENS_WITHIN_MS = 4_000;
/** One that stood so long was a good one: the waits begin anew. */
const STEADY_AFTER_MS = 5_000;
const GROWTH = 1.7;

/** Opens it: the first retry comes after 0.2 to 0.9 s, later ones after at most 30 s. */
export function openWire(): Wire {
  const scheme = window.location.protocol === "https:" ? "wss:" : "ws:";
  return new ReconnectingWire(() => new WebSocket(`${scheme}//${window.location.host}/live/socket`));
}

export class ReconnectingWire implements Wire {
  onopen: Wire["onopen"] = null;
  onclose: Wire["onclose"] = null;
  onmessage: Wire["onmessage"] = null;
  readonly #connect: () => WebSocket;
  readonly #shortestMs = 200 + Math.random() * 700;
  readonly #longestMs = 20_000 + Math.random() * 10_000;
  #socket: WebSocket | undefined;
  #failures = 0;
  #next: ReturnType<typeof setTimeout> | undefined;
  #limit: ReturnType<typeof setTimeout> | undefined;

  constructor(connect: () => WebSocket) {
    this.#connect = connect;
    this.#open();
  }

  /** What is sent while the socket is down goes nowhere. */
  send(text: string): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(text);
  }

  close(): void {
    this.#drop();
  }

  reconnect(): void {
    this.#failures = 0;
    this.#drop();
    this.#open();
  }

  #open(): void {
    const socket = this.#connect();
    this.#socket = socket;
    this.#limit = setTimeout(() => this.#lost(), OPENS_WITHIN_MS);
    socket.onopen = () => {
      clearTimeout(this.#limit);
      this.#limit = setTimeout(() => {
        this.#failures = 0;
      }, STEADY_AFTER_MS);
      this.onopen?.();
    };
    socket.onmessage = (event) => this.onmessage?.(event);
    socket.onclose = () => this.#lost();
  }

  #lost(): void {
    this.#drop();
    const waitMs = Math.min(this.#shortestMs * GROWTH ** this.#failures++, this.#longestMs);
    this.#next = setTimeout(() => this.#open(), waitMs);
  }

  /** Hears nothing more of the socket: one that a dead network holds says that it is closed only minutes later. */
  #drop(): void {
    clearTimeout(this.#next);
    clearTimeout(this.#limit);
    const socket = this.#socket;
    if (!socket) return;
    this.#socket = undefined;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
    this.onclose?.();
  }
}
