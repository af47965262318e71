/** Sends what people write: once, in order, and through lost sockets, by repeating with the same client id. */

import { t } from "@lingui/core/macro";
import { type Formatted, sendable } from "@/features/formatting/formatting";
import { ApiError } from "@/lib/api/errors";
import { refusalOf } from "@/live/refusal";
import type { Live, LiveEvents, LiveRequests } from "@/live/types";
import { mintClientId } from "./clientId";
import {
  type Forwarded,
  type Outgoing,
  withOutgoing,
  withOutgoingState,
  withoutOutgoing,
  withSent,
} from "./log";
import type { SendOptions } from "./SendButton";
import type { MessageStore } from "./store";

const ASK_AGAIN_MS = 15_000;
const RETRY_MS = 3_000;
/** The gateway repeats a send safely for 10 minutes; after that a repeat might be a second message. */
const REPEAT_WITHIN_MS = 10 * 60_000;

interface Track {
  /** Since when Telegram may have it; null when it certainly has not. */
  firstTriedAt: number | null;
  dueAt: number;
  isAccepted: boolean;
}

interface Ends {
  settle: () => void;
  fail: (error: ApiError) => void;
}

/** The texts of one workspace that are on their way. Bodies stay in the message store. */
export class Outbox {
  readonly #store: MessageStore;
  readonly #live: Live;
  readonly #tracks = new Map<string, Track>();
  readonly #pumping = new Set<string>();
  /** Who waits to hear how a send ends. */
  readonly #ends = new Map<string, Ends>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(store: MessageStore, live: Live) {
    this.#store = store;
    this.#live = live;
  }

  /** Begins to listen; the returned function ends that and every timer. */
  start(): () => void {
    const ends = [
      this.#live.onWelcome(() => this.#tryAll()),
      this.#live.onBehind(() => this.#tryAll()),
      this.#live.on("send.changed", (event) => this.#changed(event)),
    ];
    return () => {
      clearTimeout(this.#timer);
      for (const end of ends) end();
    };
  }

  /** Shows the text as waiting at once and sends it when its turn comes. */
  send(
    chatId: string,
    { text, entities }: Formatted,
    replyToId: number | null,
    options: SendOptions = {},
  ): void {
    const { scheduleAt = null, isSilent = false, hasPreview = true } = options;
    this.#put(chatId, {
      ...made(mintClientId()),
      text,
      entities,
      replyToId,
      scheduleAt,
      isSilent,
      hasPreview,
    });
  }

  /**
   * Sends messages on, shown in the chat they go to as a text is. Ends when they were sent.
   *
   * Raises why they were not; they stay in that chat, to be retried.
   */
  forward(chatId: string, { text, entities }: Formatted, forwarded: Forwarded): Promise<void> {
    const clientId = mintClientId();
    const ended = this.#endOf(clientId);
    this.#put(chatId, { ...made(clientId), text, entities, forwarded });
    return ended;
  }

  /**
   * Sends a text that is written outside of its chat. Ends when it was sent.
   *
   * Raises why it was not. It is not shown as unsent then: whoever wrote it holds it, and repeats it under its client id.
   */
  async sendFrom(chatId: string, clientId: string, written: Formatted): Promise<void> {
    const ended = this.#endOf(clientId);
    this.#put(chatId, { ...made(clientId), ...written });
    try {
      await ended;
    } catch (error) {
      this.discard(chatId, clientId);
      throw error;
    }
  }

  /** Sends a failed or unknown text again under its old client id: if it did arrive, no second one is made. */
  retry(chatId: string, clientId: string): void {
    this.#tracks.delete(clientId);
    this.#store.change(chatId, (log) => withOutgoingState(log, clientId, "waiting"));
    void this.#pump(chatId);
  }

  /** Forgets a text that was not sent. */
  discard(chatId: string, clientId: string): void {
    this.#tracks.delete(clientId);
    this.#ends.delete(clientId);
    this.#store.change(chatId, (log) => withoutOutgoing(log, clientId));
  }

  #put(chatId: string, outgoing: Outgoing): void {
    this.#store.change(chatId, (log) => withOutgoing(log, outgoing));
    void this.#pump(chatId);
  }

  #endOf(clientId: string): Promise<void> {
    return new Promise((settle, fail) => this.#ends.set(clientId, { settle, fail }));
  }

  #tryAll(): void {
    for (const track of this.#tracks.values()) track.dueAt = 0;
    this.#pumpAll();
  }

  #pumpAll(): void {
    for (const chatId of this.#store.chatsWithOutgoing()) void this.#pump(chatId);
  }

  async #pump(chatId: string): Promise<void> {
    if (this.#pumping.has(chatId)) return;
    this.#pumping.add(chatId);
    for (let next = this.#nextDue(chatId); next; next = this.#nextDue(chatId))
      await this.#attempt(chatId, next);
    this.#pumping.delete(chatId);
    this.#schedule();
  }

  /** The first text whose turn it is. One that was not accepted yet holds back those behind it: order is kept. */
  #nextDue(chatId: string): Outgoing | undefined {
    for (const outgoing of this.#waitingOf(chatId)) {
      const track = this.#trackOf(outgoing);
      if (track.dueAt <= Date.now()) return outgoing;
      if (!track.isAccepted) return undefined;
    }
    return undefined;
  }

  async #attempt(chatId: string, outgoing: Outgoing): Promise<void> {
    const { clientId } = outgoing;
    const track = this.#trackOf(outgoing);
    if (track.firstTriedAt !== null && Date.now() - track.firstTriedAt > REPEAT_WITHIN_MS) {
      this.#unsent(chatId, clientId, "unknown", null);
      return;
    }
    track.firstTriedAt ??= Date.now();
    track.dueAt = Date.now() + ASK_AGAIN_MS;
    try {
      const answer = await this.#ask(chatId, outgoing);
      track.isAccepted = true;
      track.dueAt = Date.now() + ASK_AGAIN_MS;
      if (answer.state === "queued") track.firstTriedAt = null;
      if (answer.state === "sent") this.#sent(chatId, clientId, answer);
    } catch (error) {
      this.#refused(chatId, clientId, track, error);
    }
  }

  #ask(chatId: string, outgoing: Outgoing): Promise<LiveRequests["message.send"]["out"]> {
    const { clientId, forwarded } = outgoing;
    if (!forwarded) return this.#live.request("message.send", orderOf(chatId, outgoing));
    return this.#live.request("message.forward", {
      chat_id: chatId,
      from_chat_id: forwarded.fromChatId,
      client_id: clientId,
      message_ids: [...forwarded.messageIds],
    });
  }

  #refused(chatId: string, clientId: string, track: Track, error: unknown): void {
    if (!(error instanceof ApiError)) throw error;
    const passes = error.status === 0 || error.status === 429 || error.status === 503;
    if (!passes) {
      this.#unsent(chatId, clientId, "failed", error);
      return;
    }
    this.#putOff(track, error.status, error.retryAfterS);
    if (error.detail) this.#wait(chatId, clientId, error.detail);
  }

  /** To be repeated after a while. A 429 says that nothing was sent: its wait, however long, makes nothing unknown. */
  #putOff(track: Track, status: number, retryAfterS: number | null | undefined): void {
    track.isAccepted = false;
    if (status === 429) track.firstTriedAt = null;
    track.dueAt = Date.now() + (retryAfterS ? retryAfterS * 1_000 : RETRY_MS);
  }

  #changed({ chat_id, client_id, state, message, messages, problem }: LiveEvents["send.changed"]): void {
    const track = this.#tracks.get(client_id);
    if (state === "queued" && problem && track) {
      this.#putOff(track, problem.status, problem.retry_after_s);
      this.#wait(chat_id, client_id, problem.detail || null);
      this.#schedule();
    } else if (state === "sent" && message) this.#sent(chat_id, client_id, { message, messages });
    else if (state === "sent") this.#askNow(chat_id, client_id);
    else if (state === "failed" || state === "unknown")
      this.#unsent(chat_id, client_id, state, problem && refusalOf(problem));
  }

  #askNow(chatId: string, clientId: string): void {
    const track = this.#tracks.get(clientId);
    if (track) track.dueAt = 0;
    void this.#pump(chatId);
  }

  #sent(chatId: string, clientId: string, answer: Parameters<typeof withSent>[2]): void {
    this.#tracks.delete(clientId);
    this.#store.change(chatId, (log) => withSent(log, clientId, answer));
    this.#ends.get(clientId)?.settle();
    this.#ends.delete(clientId);
  }

  #wait(chatId: string, clientId: string, reason: string | null): void {
    this.#store.change(chatId, (log) => withOutgoingState(log, clientId, "waiting", reason));
  }

  #unsent(chatId: string, clientId: string, state: "failed" | "unknown", error: ApiError | null): void {
    this.#tracks.delete(clientId);
    const reason = error && (error.detail || error.title);
    this.#store.change(chatId, (log) => withOutgoingState(log, clientId, state, reason));
    this.#ends.get(clientId)?.fail(error ?? unknownFate());
    this.#ends.delete(clientId);
  }

  #waitingOf(chatId: string): Outgoing[] {
    return this.#store.log(chatId).outgoing.filter((each) => each.state === "waiting" && !each.files);
  }

  #trackOf({ clientId }: Outgoing): Track {
    const track = this.#tracks.get(clientId) ?? { firstTriedAt: null, dueAt: 0, isAccepted: false };
    this.#tracks.set(clientId, track);
    return track;
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    const waiting = this.#store.chatsWithOutgoing().flatMap((chatId) => this.#waitingOf(chatId));
    if (waiting.length === 0) return;
    const dueAt = Math.min(...waiting.map((each) => this.#trackOf(each).dueAt));
    this.#timer = setTimeout(() => this.#pumpAll(), Math.max(dueAt - Date.now(), 250));
  }
}

function made(clientId: string) {
  const state = "waiting" as const;
  return {
    clientId,
    createdAt: Date.now(),
    state,
    reason: null,
    replyToId: null,
    scheduleAt: null,
    isSilent: false,
  };
}

function unknownFate(): ApiError {
  const detail = t`This may have been sent. Look in Telegram before you send it again.`;
  return new ApiError({ status: 409, code: "send-outcome-unknown", title: "", detail });
}

function orderOf(chatId: string, outgoing: Outgoing): LiveRequests["message.send"]["in"] {
  const { clientId, text, entities, replyToId, scheduleAt, isSilent, hasPreview } = outgoing;
  return {
    chat_id: chatId,
    client_id: clientId,
    text,
    ...(entities.length > 0 && { entities: sendable(entities) }),
    ...(replyToId !== null && { reply_to_id: replyToId }),
    ...(isSilent && { is_silent: true }),
    ...(hasPreview === false && { has_preview: false }),
    ...(scheduleAt !== null && { schedule_at: scheduleAt }),
  };
}
