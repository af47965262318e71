/** Sends files: once, in order, and through lost sockets, by repeating with the same client id. */

import { t } from "@lingui/core/macro";
import { ApiError } from "@/lib/api/errors";
import { notifyProblem } from "@/lib/notify";
import { problemText } from "@/lib/problemText";
import type { Live, LiveEvents } from "@/live/types";
import { mintClientId } from "../messages/clientId";
import {
  type Outgoing,
  type OutgoingFile,
  type OutgoingState,
  withOutgoing,
  withOutgoingState,
  withoutOutgoing,
  withSent,
} from "../messages/log";
import type { MessageStore } from "../messages/store";
import { Berth } from "./berth";
import { measured } from "./measure";
import { kindOf, messagesOf, type Picked } from "./picked";

const ASK_AGAIN_MS = 15_000;
const RETRY_MS = 3_000;
/** The gateway repeats a send safely for 10 minutes after Telegram may first have heard of it. */
const REPEAT_WITHIN_MS = 10 * 60_000;

/** How far the files of one message have come, from 0 to 1: to us, and from us to Telegram. */
export interface Way {
  readonly up: number;
  readonly on: number;
}

const START: Way = { up: 0, on: 0 };

interface Shipment {
  readonly chatId: string;
  readonly clientId: string;
  readonly replyToId: number | null;
  files: readonly Picked[];
  readonly urls: readonly string[];
  readonly berths: readonly Berth[];
  way: Way;
  abort: AbortController;
  /** From when on Telegram may have heard of it; null while that is certainly not so. */
  handedOverAt: number | null;
  dueAt: number;
  isAccepted: boolean;
  timer: ReturnType<typeof setTimeout> | undefined;
}

/** The files of one workspace that are on their way. */
export class Shipments {
  readonly #store: MessageStore;
  readonly #live: Live;
  /** In the order they are to arrive. */
  readonly #shipments = new Map<string, Shipment>();
  readonly #pumping = new Set<string>();
  readonly #listeners = new Set<() => void>();
  #intake: Promise<void> = Promise.resolve();

  constructor(store: MessageStore, live: Live) {
    this.#store = store;
    this.#live = live;
  }

  /** Begins to listen; the returned function ends that, every upload and every timer. */
  start(): () => void {
    const ends = [
      this.#live.on("media.progress", (event) => this.#progressed(event)),
      this.#live.on("send.changed", (event) => this.#changed(event)),
      this.#live.onWelcome(() => this.#askAll()),
      this.#store.subscribe(() => this.#dropSettled()),
    ];
    return () => {
      for (const end of ends) end();
      for (const shipment of this.#shipments.values()) this.#drop(shipment);
    };
  }

  /** Shows the messages these files make as waiting and sends them one after the other; the first answers. */
  send(chatId: string, picked: readonly Picked[], replyToId: number | null): Promise<void> {
    const known = Promise.all(picked.map(measured));
    this.#intake = this.#intake.then(async () => {
      const messages = messagesOf(await known);
      messages.forEach((files, place) => {
        this.#begin(chatId, files, place === 0 ? replyToId : null);
      });
      void this.#pump(chatId);
    });
    return this.#intake;
  }

  way(clientId: string): Way {
    return this.#shipments.get(clientId)?.way ?? START;
  }

  /** Sends failed files again, under their old client id: if they did arrive, no second message is made. */
  retry(chatId: string, clientId: string): void {
    const shipment = this.#shipments.get(clientId);
    if (!shipment) return;
    shipment.abort = new AbortController();
    shipment.handedOverAt = null;
    shipment.isAccepted = false;
    shipment.dueAt = 0;
    this.#tell(shipment, "waiting", null);
    void this.#pump(chatId);
  }

  /** Stops and forgets files. What is on its way stays when Telegram has it already, and the person hears so. */
  async cancel(chatId: string, clientId: string): Promise<void> {
    const shipment = this.#shipments.get(clientId);
    const mayBeTaken = shipment && shipment.handedOverAt !== null && this.#isWaiting(shipment);
    if (mayBeTaken && !(await this.#withdrawn(shipment))) return;
    this.#store.change(chatId, (log) => withoutOutgoing(log, clientId));
    for (const berth of shipment?.berths ?? []) berth.clear();
    void this.#pump(chatId);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #begin(chatId: string, files: readonly Picked[], replyToId: number | null): void {
    const shipment: Shipment = {
      chatId,
      clientId: mintClientId(),
      replyToId,
      files,
      urls: files.map((each) => URL.createObjectURL(each.file)),
      berths: files.map(() => new Berth(this.#live)),
      way: START,
      abort: new AbortController(),
      handedOverAt: null,
      dueAt: 0,
      isAccepted: false,
      timer: undefined,
    };
    this.#shipments.set(shipment.clientId, shipment);
    this.#store.change(chatId, (log) => withOutgoing(log, outgoingOf(shipment)));
  }

  async #pump(chatId: string): Promise<void> {
    if (this.#pumping.has(chatId)) return;
    this.#pumping.add(chatId);
    for (let next = this.#nextDue(chatId); next; next = this.#nextDue(chatId)) await this.#run(next);
    this.#pumping.delete(chatId);
  }

  /** The first files whose turn it is. Those not accepted yet hold back those behind them: order is kept. */
  #nextDue(chatId: string): Shipment | undefined {
    for (const shipment of this.#shipments.values()) {
      if (shipment.chatId !== chatId || !this.#isWaiting(shipment)) continue;
      if (shipment.dueAt <= Date.now()) return shipment;
      if (!shipment.isAccepted) return undefined;
    }
    return undefined;
  }

  async #run(shipment: Shipment): Promise<void> {
    const { signal } = shipment.abort;
    shipment.dueAt = Number.POSITIVE_INFINITY;
    if (this.#outgoing(shipment)?.reason) this.#tell(shipment, "waiting", null);
    try {
      for (let place = 0; place < shipment.files.length; place++) await this.#putUp(shipment, place, signal);
      await this.#handOver(shipment);
    } catch (error) {
      if (!signal.aborted) this.#refused(shipment, error);
      else if (shipment.handedOverAt === null) for (const berth of shipment.berths) berth.clear();
    }
  }

  async #putUp(shipment: Shipment, place: number, signal: AbortSignal): Promise<void> {
    const picked = shipment.files[place];
    if (!picked) return;
    const total = shipment.files.reduce((sum, each) => sum + each.file.size, 0);
    const before = shipment.files.slice(0, place).reduce((sum, each) => sum + each.file.size, 0);
    const tell = (part: number) =>
      this.#move(shipment, { up: (before + part * picked.file.size) / total, on: 0 });
    await shipment.berths[place]?.putUp(picked, tell, signal);
  }

  async #handOver(shipment: Shipment): Promise<void> {
    const { chatId, clientId, replyToId } = shipment;
    if (shipment.handedOverAt !== null && Date.now() - shipment.handedOverAt > REPEAT_WITHIN_MS) {
      this.#tell(shipment, "unknown", null);
      return;
    }
    shipment.handedOverAt ??= Date.now();
    const answer = await this.#live.request("media.send", {
      chat_id: chatId,
      client_id: clientId,
      files: shipment.files.map((each, place) => sentFile(each, shipment.berths[place]?.uploadId ?? "")),
      ...(replyToId === null ? {} : { reply_to_id: replyToId }),
    });
    shipment.isAccepted = true;
    if (answer.state !== "sent") {
      if (answer.state === "queued") shipment.handedOverAt = Date.now();
      this.#askLater(shipment, ASK_AGAIN_MS);
      return;
    }
    this.#store.change(chatId, (log) => withSent(log, clientId, answer));
  }

  #refused(shipment: Shipment, error: unknown): void {
    if (error instanceof ApiError && [0, 429, 503].includes(error.status)) {
      if (error.status === 429) shipment.handedOverAt = null;
      this.#tell(shipment, "waiting", error.detail || null);
      this.#askLater(shipment, error.retryAfterS ? error.retryAfterS * 1_000 : RETRY_MS);
      return;
    }
    const code = error instanceof ApiError ? error.code : "";
    if (code === "not-found" || code === "upload-unreadable")
      for (const berth of shipment.berths) berth.clear();
    if (code === "upload-unreadable")
      shipment.files = shipment.files.map((each) => ({ ...each, asFile: true }));
    this.#tell(shipment, "failed", wordsOf(error));
  }

  #askLater(shipment: Shipment, afterMs: number): void {
    clearTimeout(shipment.timer);
    shipment.dueAt = Date.now() + afterMs;
    shipment.timer = setTimeout(() => void this.#pump(shipment.chatId), afterMs);
  }

  #askAll(): void {
    for (const shipment of this.#shipments.values()) {
      if (shipment.handedOverAt === null || shipment.dueAt === Number.POSITIVE_INFINITY) continue;
      shipment.dueAt = 0;
      void this.#pump(shipment.chatId);
    }
  }

  async #withdrawn(shipment: Shipment): Promise<boolean> {
    const uploadIds = shipment.berths.flatMap(({ uploadId }) => uploadId ?? []);
    const { chatId, clientId } = shipment;
    const wish = { chat_id: chatId, client_id: clientId, upload_ids: uploadIds };
    try {
      if ((await this.#live.request("media.cancel", wish)).is_withdrawn) return true;
    } catch (error) {
      notifyProblem(problemText(error));
      return false;
    }
    const state = this.#outgoing(shipment)?.state;
    if (state === "failed" || state === "unknown") return true;
    notifyProblem(t`Too late to cancel: Telegram has it already.`);
    return false;
  }

  /** As long as files are on their way to Telegram it was not told to show them. */
  #progressed({ client_id, done, total }: LiveEvents["media.progress"]): void {
    const shipment = client_id === null ? undefined : this.#shipments.get(client_id);
    if (!shipment) return;
    if (shipment.handedOverAt !== null) shipment.handedOverAt = Date.now();
    this.#move(shipment, { up: 1, on: total > 0 ? done / total : 1 });
  }

  /** The text outbox moves the message on; here only what is over, or may be tried again, is noted. */
  #changed({ client_id, state, problem }: LiveEvents["send.changed"]): void {
    const shipment = this.#shipments.get(client_id);
    if (!shipment) return;
    clearTimeout(shipment.timer);
    if (state !== "queued" || !problem) return;
    shipment.handedOverAt = null;
    shipment.isAccepted = false;
    this.#tell(shipment, "waiting", problem.detail || null);
    this.#askLater(shipment, (problem.retry_after_s ?? 3) * 1_000);
  }

  #tell({ chatId, clientId }: Shipment, state: OutgoingState, reason: string | null): void {
    this.#store.change(chatId, (log) => withOutgoingState(log, clientId, state, reason));
  }

  #move(shipment: Shipment, way: Way): void {
    shipment.way = way;
    for (const listener of this.#listeners) listener();
  }

  #outgoing({ chatId, clientId }: Shipment): Outgoing | undefined {
    return this.#store.log(chatId).outgoing.find((each) => each.clientId === clientId);
  }

  #isWaiting(shipment: Shipment): boolean {
    return this.#outgoing(shipment)?.state === "waiting";
  }

  #dropSettled(): void {
    for (const shipment of this.#shipments.values()) if (!this.#outgoing(shipment)) this.#drop(shipment);
  }

  #drop(shipment: Shipment): void {
    clearTimeout(shipment.timer);
    shipment.abort.abort();
    this.#shipments.delete(shipment.clientId);
    for (const url of shipment.urls) URL.revokeObjectURL(url);
  }
}

function wordsOf(error: unknown): string {
  const code = error instanceof ApiError ? error.code : "";
  if (code === "upload-refused") return t`The file could not be stored. Try again.`;
  if (code === "upload-unreadable") return t`Telegram can't show this picture. Retry to send it as a file.`;
  return problemText(error);
}

function outgoingOf({ clientId, replyToId, files, urls }: Shipment): Outgoing {
  const shown = files.map(
    (each, place): OutgoingFile => ({ name: each.file.name, kind: kindOf(each), url: urls[place] ?? "" }),
  );
  const text = files.map((each) => each.caption).find((caption) => caption !== "") ?? "";
  const asText = { text, entities: [], replyToId, scheduleAt: null, isSilent: false };
  return { ...asText, clientId, createdAt: Date.now(), state: "waiting", reason: null, files: shown };
}

function sentFile(picked: Picked, uploadId: string) {
  return {
    upload_id: uploadId,
    kind: kindOf(picked),
    name: picked.file.name.slice(-255) || "file",
    caption: picked.caption.trim(),
    width: picked.width,
    height: picked.height,
    duration_s: picked.durationS,
  };
}
