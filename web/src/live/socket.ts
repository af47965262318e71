/** One authenticated socket to the session worker: hello, renewals, requests with answers, events in order. */

import * as v from "valibot";
import { ApiError } from "@/lib/api/errors";
import { type Answer, type LiveEvent, readFrame, type Welcome } from "./frames";
import { refusalOf } from "./refusal";
import { type LiveRequests, type LiveRequestType, results } from "./requests";
import type { Live, LiveEvents, LiveEventType, LiveStatus } from "./types";

const REQUEST_TIMEOUT_MS = 20_000;
const RENEW_EVERY_MS = 10 * 60_000;
const WELCOME_TIMEOUT_MS = 10_000;
const PROBE_TIMEOUT_MS = 4_000;
/** How long the relay may take to learn that somebody watches a workspace. */
const SETTLES_WITHIN_MS = 2_000;

/** The part of a WebSocket that this room uses. */
export interface Wire {
  send(text: string): void;
  close(): void;
  /** Drops the socket, if any, and opens another at once. */
  reconnect(): void;
  onopen: (() => void) | null;
  onclose: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
}

interface Waiting {
  frame: string;
  settle: (answer: Answer) => void;
  fail: (error: ApiError) => void;
  timer: ReturnType<typeof setTimeout>;
  sent: boolean;
}

type AnyHandler = (event: LiveEvent) => void;

/** Keeps one conversation with the gateway alive across lost sockets. */
export class LiveSocket implements Live {
  readonly #openWire: () => Wire;
  #wire: Wire | null = null;
  readonly #fetchPass: () => Promise<string>;
  #status: LiveStatus = "connecting";
  #lastSeq = 0;
  #nextId = 0;
  #attempt = 0;
  #welcomes = 0;
  readonly #waiting = new Map<string, Waiting>();
  readonly #handlers = new Map<LiveEventType, Set<AnyHandler>>();
  readonly #statusListeners = new Set<() => void>();
  readonly #welcomeListeners = new Set<(welcome: Welcome) => void>();
  readonly #behindListeners = new Set<() => void>();
  readonly #settledListeners = new Set<() => void>();
  #renewal: ReturnType<typeof setInterval> | undefined;
  #welcomeTimer: ReturnType<typeof setTimeout> | undefined;
  #settleTimer: ReturnType<typeof setTimeout> | undefined;

  /** `fetchPass` gives a fresh gateway pass each time: one is good for one hello or one renewal. */
  constructor(openWire: () => Wire, fetchPass: () => Promise<string>) {
    this.#openWire = openWire;
    this.#fetchPass = fetchPass;
  }

  /** Begins to connect; requests made before wait for it. */
  open(): void {
    const wire = this.#openWire();
    this.#wire = wire;
    wire.onopen = () => void this.#sayHello();
    wire.onclose = () => this.#lost();
    wire.onmessage = (event) => this.#received(String(event.data));
  }

  /** Drops the socket and opens another: the network went or came, and a socket only notices that minutes later. */
  startOver(): void {
    this.#wire?.reconnect();
  }

  /**
   * Asks whether the other side is still there, and starts over when it does not answer soon: a laptop that slept, or
   * a page that was frozen, holds a socket nobody answers on and is not told so.
   */
  probe(): void {
    if (this.#status !== "open") return;
    const attempt = this.#attempt;
    const timer = setTimeout(() => attempt === this.#attempt && this.startOver(), PROBE_TIMEOUT_MS);
    this.request("ping", {}).then(
      () => clearTimeout(timer),
      () => clearTimeout(timer),
    );
  }

  get status(): LiveStatus {
    return this.#status;
  }

  async request<T extends LiveRequestType>(
    type: T,
    payload: LiveRequests[T]["in"],
  ): Promise<LiveRequests[T]["out"]> {
    const answer = await this.#ask(type, payload);
    if (answer.type === "problem") throw refusalOf(answer.problem);
    const read = v.safeParse(results[type], answer.result);
    if (!read.success) throw unanswered("unreadable");
    return read.output as LiveRequests[T]["out"];
  }

  on<T extends LiveEventType>(type: T, handler: (event: LiveEvents[T]) => void): () => void {
    const handlers = this.#handlers.get(type) ?? new Set();
    this.#handlers.set(type, handlers);
    return listen(handlers, handler as AnyHandler);
  }

  onWelcome(listener: (welcome: Welcome) => void): () => void {
    return listen(this.#welcomeListeners, listener);
  }

  onBehind(listener: () => void): () => void {
    return listen(this.#behindListeners, listener);
  }

  onSettled(listener: () => void): () => void {
    return listen(this.#settledListeners, listener);
  }

  readonly onStatus = (listener: () => void): (() => void) => listen(this.#statusListeners, listener);

  /** Ends the conversation; requests under way are refused as `offline`. */
  close(): void {
    if (this.#wire) this.#wire.onclose = null;
    this.#wire?.close();
    this.#wire = null;
    this.#lost();
    for (const id of [...this.#waiting.keys()]) this.#refuse(id, "offline");
  }

  async #sayHello(): Promise<void> {
    const attempt = ++this.#attempt;
    this.#welcomeTimer = setTimeout(() => this.#wire?.reconnect(), WELCOME_TIMEOUT_MS);
    const pass = await this.#fetchPass().catch(() => null);
    // Without a pass nothing is said: the gateway closes a silent socket after 5 s, and the wire comes back by itself.
    if (pass === null || attempt !== this.#attempt) return;
    this.#wire?.send(JSON.stringify({ type: "hello", pass }));
  }

  #ask(type: LiveRequestType, payload: object): Promise<Answer> {
    const id = `c${++this.#nextId}`;
    return new Promise((settle, fail) => {
      const timer = setTimeout(() => this.#refuse(id, "timed-out"), REQUEST_TIMEOUT_MS);
      this.#waiting.set(id, {
        frame: JSON.stringify({ ...payload, id, type }),
        settle,
        fail,
        timer,
        sent: false,
      });
      if (this.#status === "open") this.#sendWaiting();
    });
  }

  #sendWaiting(): void {
    for (const waiting of this.#waiting.values()) {
      if (waiting.sent) continue;
      waiting.sent = true;
      this.#wire?.send(waiting.frame);
    }
  }

  #received(text: string): void {
    const frame = readFrame(text);
    if (frame.kind === "welcome") this.#welcomed(frame.welcome);
    else if (frame.kind === "answer") this.#answered(frame.answer);
    else if (frame.kind === "event") this.#happened(frame.event);
    else if (frame.seq !== null) this.#counted(frame.seq);
  }

  #welcomed(welcome: Welcome): void {
    clearTimeout(this.#welcomeTimer);
    clearInterval(this.#renewal);
    this.#renewal = setInterval(() => void this.#renew(), RENEW_EVERY_MS);
    this.#settleTimer = setTimeout(() => {
      for (const listener of this.#settledListeners) listener();
    }, SETTLES_WITHIN_MS);
    this.#lastSeq = welcome.seq;
    this.#setStatus("open");
    this.#sendWaiting();
    for (const listener of this.#welcomeListeners) listener(welcome);
    if (this.#welcomes++ > 0) this.#fellBehind();
  }

  #answered(answer: Answer): void {
    this.#take(answer.re)?.settle(answer);
  }

  #happened(event: LiveEvent): void {
    this.#counted(event.seq);
    for (const handler of this.#handlers.get(event.type) ?? []) handler(event);
  }

  #counted(seq: number): void {
    const missed = seq > this.#lastSeq + 1;
    this.#lastSeq = seq;
    if (missed) this.#fellBehind();
  }

  #fellBehind(): void {
    for (const listener of this.#behindListeners) listener();
  }

  async #renew(): Promise<void> {
    try {
      await this.request("renew", { pass: await this.#fetchPass() });
    } catch {
      this.#wire?.reconnect();
    }
  }

  #lost(): void {
    this.#attempt++;
    clearInterval(this.#renewal);
    clearTimeout(this.#welcomeTimer);
    clearTimeout(this.#settleTimer);
    for (const [id, waiting] of [...this.#waiting]) if (waiting.sent) this.#refuse(id, "offline");
    if (this.#welcomes > 0) this.#setStatus("offline");
  }

  #refuse(id: string, code: string): void {
    this.#take(id)?.fail(unanswered(code));
  }

  #take(id: string): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    clearTimeout(waiting?.timer);
    this.#waiting.delete(id);
    return waiting;
  }

  #setStatus(status: LiveStatus): void {
    if (status === this.#status) return;
    this.#status = status;
    for (const listener of this.#statusListeners) listener();
  }
}

function listen<Listener>(listeners: Set<Listener>, listener: Listener): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

function unanswered(code: string): ApiError {
  return new ApiError({ status: 0, code, title: "", detail: "" });
}
