/** Sends files: puts each up, has them sent once, and goes on through lost sockets under the same client id. */

import { t } from "@lingui/core/macro";
import { ApiError } from "@/lib/api/errors";
import { problemText } from "@/lib/problemText";
import { postFile } from "@/lib/upload";
import type { Live, LiveEvents } from "@/live/types";
import { mintClientId } from "../messages/clientId";
import {
  type Outgoing,
  type OutgoingFile,
  withMessage,
  withOutgoing,
  withOutgoingState,
  withoutOutgoing,
} from "../messages/log";
import type { MessageStore } from "../messages/store";
import { measured } from "./measure";
import { kindOf, mimeOf, type Picked } from "./picked";

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
  readonly files: Picked[];
  readonly urls: string[];
  uploadIds: (string | null)[];
  way: Way;
  abort: AbortController;
  handedOverAt: number | null;
  timer: ReturnType<typeof setTimeout> | undefined;
}

/** The files of one workspace that are on their way. */
export class Shipments {
  readonly #store: MessageStore;
  readonly #live: Live;
  readonly #shipments = new Map<string, Shipment>();
  readonly #listeners = new Set<() => void>();

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

  /** Shows the message as waiting at once and sends it. */
  send(chatId: string, files: readonly Picked[], replyToId: number | null): void {
    const urls = files.map((each) => URL.createObjectURL(each.file));
    const shipment: Shipment = {
      chatId,
      clientId: mintClientId(),
      replyToId,
      files: [...files],
      urls,
      uploadIds: files.map(() => null),
      way: START,
      abort: new AbortController(),
      handedOverAt: null,
      timer: undefined,
    };
    this.#shipments.set(shipment.clientId, shipment);
    this.#store.change(chatId, (log) => withOutgoing(log, outgoingOf(shipment)));
    void this.#run(shipment);
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
    this.#store.change(chatId, (log) => withOutgoingState(log, clientId, "waiting"));
    void this.#run(shipment);
  }

  /** Stops and forgets files. When Telegram has them already the message stays, and shows itself as sent. */
  async cancel(chatId: string, clientId: string): Promise<void> {
    const shipment = this.#shipments.get(clientId);
    const uploadIds = shipment?.uploadIds.filter((each) => each !== null) ?? [];
    if (shipment && shipment.handedOverAt !== null && !(await this.#withdrawn(shipment, uploadIds))) return;
    shipment?.abort.abort();
    this.#store.change(chatId, (log) => withoutOutgoing(log, clientId));
    if (shipment) this.#drop(shipment);
    if (uploadIds.length > 0)
      await this.#live.request("media.discard", { upload_ids: uploadIds }).catch(() => undefined);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  async #run(shipment: Shipment): Promise<void> {
    const { signal } = shipment.abort;
    try {
      for (let place = 0; place < shipment.files.length; place++) await this.#putUp(shipment, place, signal);
      if (!signal.aborted) await this.#handOver(shipment);
    } catch (error) {
      if (!signal.aborted) this.#refused(shipment, error);
    }
  }

  async #putUp(shipment: Shipment, place: number, signal: AbortSignal): Promise<void> {
    const picked = shipment.files[place];
    if (!picked || shipment.uploadIds[place]) return;
    shipment.files[place] = await measured(picked);
    const form = await this.#live.request("media.upload", {
      kind: kindOf(picked),
      mime: mimeOf(picked.file),
      size: picked.file.size,
    });
    const total = shipment.files.reduce((sum, each) => sum + each.file.size, 0);
    const before = shipment.files.slice(0, place).reduce((sum, each) => sum + each.file.size, 0);
    const tell = (part: number) =>
      this.#move(shipment, { up: (before + part * picked.file.size) / total, on: 0 });
    await postFile(form, picked.file, tell, signal);
    shipment.uploadIds[place] = form.upload_id;
  }

  async #handOver(shipment: Shipment): Promise<void> {
    const { chatId, clientId, replyToId } = shipment;
    shipment.handedOverAt ??= Date.now();
    const answer = await this.#live.request("media.send", {
      chat_id: chatId,
      client_id: clientId,
      files: shipment.files.map((each, place) => sentFile(each, shipment.uploadIds[place] ?? "")),
      ...(replyToId === null ? {} : { reply_to_id: replyToId }),
    });
    if (answer.state !== "sent") {
      this.#askLater(shipment, ASK_AGAIN_MS);
      return;
    }
    for (const message of answer.messages ?? [answer.message])
      this.#store.change(chatId, (log) => withMessage(log, { ...message, client_id: clientId }));
  }

  #refused(shipment: Shipment, error: unknown): void {
    const { chatId, clientId } = shipment;
    const passes = error instanceof ApiError && [0, 429, 503].includes(error.status);
    const isLate = shipment.handedOverAt !== null && Date.now() - shipment.handedOverAt > REPEAT_WITHIN_MS;
    if (passes && !isLate) {
      this.#askLater(shipment, error.retryAfterS ? error.retryAfterS * 1_000 : RETRY_MS);
      return;
    }
    if (error instanceof ApiError && error.code === "not-found")
      shipment.uploadIds = shipment.files.map(() => null);
    const state = passes ? "unknown" : "failed";
    this.#store.change(chatId, (log) => withOutgoingState(log, clientId, state, wordsOf(error)));
  }

  #askLater(shipment: Shipment, afterMs: number): void {
    clearTimeout(shipment.timer);
    shipment.timer = setTimeout(() => {
      if (this.#isWaiting(shipment)) void this.#run(shipment);
    }, afterMs);
  }

  #askAll(): void {
    for (const shipment of this.#shipments.values())
      if (shipment.handedOverAt !== null && this.#isWaiting(shipment)) void this.#run(shipment);
  }

  async #withdrawn(shipment: Shipment, uploadIds: string[]): Promise<boolean> {
    const { chatId, clientId } = shipment;
    const taken = await this.#live
      .request("media.cancel", { chat_id: chatId, client_id: clientId, upload_ids: uploadIds })
      .catch(() => ({ is_withdrawn: false }));
    return taken.is_withdrawn || this.#outgoing(shipment)?.state === "failed";
  }

  #progressed({ client_id, done, total }: LiveEvents["media.progress"]): void {
    const shipment = client_id === null ? undefined : this.#shipments.get(client_id);
    if (shipment) this.#move(shipment, { up: 1, on: total > 0 ? done / total : 1 });
  }

  /** The text outbox moves the message on; here only what is over, or may be tried again, is noted. */
  #changed({ client_id, state, problem }: LiveEvents["send.changed"]): void {
    const shipment = this.#shipments.get(client_id);
    if (!shipment) return;
    if (state === "queued" && problem) this.#askLater(shipment, (problem.retry_after_s ?? 3) * 1_000);
    else clearTimeout(shipment.timer);
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
  const isBuckets = error instanceof ApiError && error.code === "upload-refused";
  return isBuckets ? t`The file could not be stored. Try again.` : problemText(error);
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
