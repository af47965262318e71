import { i18n } from "@lingui/core";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError } from "@/lib/api/errors";
import { notifyProblem } from "@/lib/notify";
import type { Live, LiveEvents, Message } from "@/live/types";
import { withOutgoingState } from "../messages/log";
import { MessageStore } from "../messages/store";
import { TRIES } from "./berth";
import { type Picked, pick } from "./picked";
import { Shipments } from "./shipments";

vi.mock("@/lib/notify", () => ({ notifyProblem: vi.fn() }));

type Body = Record<string, unknown>;

const CHAT = "C";
const offline = new ApiError({ status: 0, code: "offline", title: "", detail: "" });
const refused = new ApiError({ status: 403, code: "telegram-refused", title: "", detail: "Not here" });

let store: MessageStore;
let shipments: Shipments;
let asked: [string, Body][];
let answers: Record<string, (body: Body) => Promise<unknown>>;
let handlers: Record<string, (event: never) => void>;
let welcome: () => void;
let bucket: { takes: boolean; posted: number; aborted: number };
let urls: Set<string>;

beforeAll(() => i18n.loadAndActivate({ locale: "en", messages: {} }));

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("XMLHttpRequest", Bucket);
  vi.stubGlobal("Image", LongPicture);
  bucket = { takes: true, posted: 0, aborted: 0 };
  urls = new Set();
  URL.createObjectURL = () => {
    const url = `blob:${asked.length}-${urls.size}`;
    urls.add(url);
    return url;
  };
  URL.revokeObjectURL = (url) => urls.delete(url);
  asked = [];
  handlers = {};
  answers = {
    "media.upload": async () => ({ upload_id: `U${asked.length}`, url: "/bucket", fields: { key: "k" } }),
    "media.send": async () => ({ state: "sent", message: aMessage(5), messages: null }),
    "media.discard": async () => ({}),
    "media.cancel": async () => ({ is_withdrawn: true }),
  };
  store = new MessageStore();
  const live = {
    status: "open",
    request: (type: string, body: Body) => {
      asked.push([type, body]);
      return answers[type]?.(body);
    },
    on: (type: string, handler: (event: never) => void) => {
      handlers[type] = handler;
      return () => undefined;
    },
    onWelcome: (handler: () => void) => {
      welcome = handler;
      return () => undefined;
    },
  } as unknown as Live;
  shipments = new Shipments(store, live);
  shipments.start();
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** The bucket: takes every file after a moment, or lets every connection break. */
class Bucket {
  upload = { onprogress: null };
  status = 204;
  onload: (() => void) | null = null;
  onerror: (() => void) | null = null;
  onabort: (() => void) | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  open() {}
  abort() {
    clearTimeout(this.#timer);
    bucket.aborted += 1;
    this.onabort?.();
  }
  send() {
    bucket.posted += 1;
    this.#timer = setTimeout(() => (bucket.takes ? this.onload?.() : this.onerror?.()), 10);
  }
}

/** A picture as this browser reads it: five times as long as wide. */
class LongPicture {
  naturalWidth = 100;
  naturalHeight = 500;
  onload: (() => void) | null = null;
  set src(_: string) {
    setTimeout(() => this.onload?.(), 1);
  }
}

function aMessage(id: number): Message {
  return {
    id,
    date: "2026-01-01T10:00:00Z",
    direction: "out",
    sender: null,
    text: "",
    entities: [],
    reply_to_id: null,
    edited_at: null,
    media: null,
    client_id: null,
    reactions: [],
    forwarded_from: null,
    views: null,
    is_pinned: false,
    is_scheduled: false,
  };
}

const aFile = () => pick(new File(["x"], "plan.pdf", { type: "application/pdf" }));
const settle = (ms = 100) => vi.advanceTimersByTimeAsync(ms);
const firstId = () => store.log(CHAT).outgoing[0]?.clientId ?? "";
const reasons = () => store.log(CHAT).outgoing.map((each) => each.reason);

/** A request's answer that comes when the test says so. */
function held(): { answer: (value: unknown) => void; promise: Promise<unknown> } {
  let answer: (value: unknown) => void = () => undefined;
  const promise = new Promise((resolve) => {
    answer = resolve;
  });
  return { answer, promise };
}

/** A file that was moved or changed since it was picked. */
function aLostFile(): Picked {
  const lost = aFile();
  const part = { arrayBuffer: () => Promise.reject(new DOMException("gone", "NotReadableError")) };
  lost.file.slice = () => part as unknown as Blob;
  return lost;
}

const states = () => store.log(CHAT).outgoing.map((each) => each.state);
const requests = (type: string) => asked.filter(([each]) => each === type).map(([, body]) => body);

describe("files that are sent", () => {
  it("are put up one after the other, and sent together under one client id", async () => {
    await shipments.send(CHAT, [aFile(), aFile()], 7);
    expect(store.log(CHAT).outgoing[0]?.files?.map((each) => each.name)).toEqual(["plan.pdf", "plan.pdf"]);
    await settle();
    const [order] = requests("media.send") as [{ files: { upload_id: string }[]; reply_to_id: number }];
    expect(order.files.map((each) => each.upload_id)).toEqual(["U1", "U2"]);
    expect(order.reply_to_id).toBe(7);
    expect(states()).toEqual([]);
  });

  it("are not put up again when only the sending is repeated after a lost socket", async () => {
    answers["media.send"] = () => Promise.reject(offline);
    void shipments.send(CHAT, [aFile()], null);
    await settle();
    expect(states()).toEqual(["waiting"]);
    answers["media.send"] = async () => ({ state: "sent", message: aMessage(5), messages: null });
    welcome();
    await settle();
    expect(requests("media.upload")).toHaveLength(1);
    expect(new Set(requests("media.send").map((each) => each.client_id)).size).toBe(1);
    expect(states()).toEqual([]);
  });

  it("fail with the reason, and a retry has the same client id", async () => {
    answers["media.send"] = () => Promise.reject(refused);
    void shipments.send(CHAT, [aFile()], null);
    await settle();
    const [failed] = store.log(CHAT).outgoing;
    expect(failed).toMatchObject({ state: "failed", reason: "Not here" });
    answers["media.send"] = async () => ({ state: "sent", message: aMessage(5), messages: null });
    shipments.retry(CHAT, failed?.clientId ?? "");
    await settle();
    expect(new Set(requests("media.send").map((each) => each.client_id)).size).toBe(1);
    expect(states()).toEqual([]);
  });

  it("tell how far they are on their way to Telegram", async () => {
    answers["media.send"] = async () => ({ state: "queued" });
    void shipments.send(CHAT, [aFile()], null);
    await settle();
    const clientId = store.log(CHAT).outgoing[0]?.clientId ?? "";
    const step = { client_id: clientId, done: 1, total: 4 } as LiveEvents["media.progress"];
    handlers["media.progress"]?.(step as never);
    expect(shipments.way(clientId)).toEqual({ up: 1, on: 0.25 });
  });

  it("go away, and from the bucket, when they are taken back", async () => {
    answers["media.send"] = async () => ({ state: "queued" });
    void shipments.send(CHAT, [aFile()], null);
    await settle();
    await shipments.cancel(CHAT, store.log(CHAT).outgoing[0]?.clientId ?? "");
    expect(requests("media.cancel")[0]?.upload_ids).toEqual(["U1"]);
    expect(requests("media.discard")[0]?.upload_ids).toEqual(["U1"]);
    expect(states()).toEqual([]);
  });

  it("stay when Telegram has them already", async () => {
    answers["media.send"] = async () => ({ state: "sending" });
    answers["media.cancel"] = async () => ({ is_withdrawn: false });
    void shipments.send(CHAT, [aFile()], null);
    await settle();
    await shipments.cancel(CHAT, store.log(CHAT).outgoing[0]?.clientId ?? "");
    expect(notifyProblem).toHaveBeenCalledWith("Too late to cancel: Telegram has it already.");
    expect(states()).toEqual(["waiting"]);
    expect(requests("media.discard")).toEqual([]);
  });

  it("leave in the order they were put, each after the one before it was taken", async () => {
    const first = held();
    answers["media.send"] = () => first.promise;
    void shipments.send(CHAT, [...Array(10).keys()].map(aFile), null);
    void shipments.send(CHAT, [aFile()], null);
    await settle(1_000);
    expect([requests("media.send").length, bucket.posted]).toEqual([1, 10]);
    answers["media.send"] = async () => ({ state: "sent", message: aMessage(6), messages: null });
    first.answer({ state: "queued" });
    await settle();
    expect(requests("media.send").map((each) => (each.files as unknown[]).length)).toEqual([10, 1]);
  });

  it("free what showed them when they are sent", async () => {
    await shipments.send(CHAT, [aFile()], null);
    expect(urls.size).toBe(1);
    await settle();
    expect(urls.size).toBe(0);
  });
});

describe("files that can't be put up", () => {
  it("fail with words when the file itself is gone, and give their place back", async () => {
    bucket.takes = false;
    void shipments.send(CHAT, [aLostFile()], null);
    await settle(60_000);
    expect(states()).toEqual(["failed"]);
    expect(reasons()).toEqual(["This file can't be read any more. Attach it again."]);
    expect([requests("media.upload").length, bucket.posted]).toEqual([1, 1]);
    expect(requests("media.discard")).toEqual([{ upload_ids: ["U1"] }]);
  });

  it("are tried under one form while the network is bad, and not for ever", async () => {
    bucket.takes = false;
    void shipments.send(CHAT, [aFile()], null);
    await settle(10 * 60_000);
    expect([requests("media.upload").length, bucket.posted]).toEqual([1, TRIES]);
    expect(states()).toEqual(["failed"]);
    expect(requests("media.discard")).toEqual([{ upload_ids: ["U1"] }]);
  });

  it("wait with the reason while too many others wait, and hold back none of another chat", async () => {
    const full = new ApiError({
      status: 429,
      code: "upload-too-many",
      title: "",
      detail: "Full",
      retryAfterS: 10,
    });
    answers["media.upload"] = () => Promise.reject(full);
    void shipments.send(CHAT, [aFile()], null);
    await settle();
    expect([states(), reasons()]).toEqual([["waiting"], ["Full"]]);
    answers["media.upload"] = async () => ({ upload_id: "U", url: "/bucket", fields: {} });
    void shipments.send("D", [aFile()], null);
    await settle();
    expect(requests("media.send").map((each) => each.chat_id)).toEqual(["D"]);
    await settle(10_000);
    expect(requests("media.send").map((each) => each.chat_id)).toEqual(["D", CHAT]);
  });
});

describe("files that wait for Telegram", () => {
  it("are sent once after a wait longer than sends are repeated", async () => {
    const slow = new ApiError({
      status: 429,
      code: "slow-mode",
      title: "",
      detail: "Slow",
      retryAfterS: 900,
    });
    answers["media.send"] = () => Promise.reject(slow);
    void shipments.send(CHAT, [aFile()], null);
    await settle(901_000);
    await settle(899_000);
    expect([states(), reasons()]).toEqual([["waiting"], ["Slow"]]);
    answers["media.send"] = async () => ({ state: "sent", message: aMessage(5), messages: null });
    await settle(2_000);
    expect(states()).toEqual([]);
    expect(requests("media.upload")).toHaveLength(1);
  });

  it("are not sent again once they may be there and the gateway has forgotten them", async () => {
    answers["media.send"] = () => Promise.reject(offline);
    void shipments.send(CHAT, [aFile()], null);
    await settle(11 * 60_000);
    expect(states()).toEqual(["unknown"]);
    const before = requests("media.send").length;
    await settle(60 * 60_000);
    expect(requests("media.send")).toHaveLength(before);
  });

  it("go as files when they are tried again, where Telegram could not read a picture", async () => {
    const unreadable = new ApiError({ status: 422, code: "upload-unreadable", title: "", detail: "" });
    answers["media.send"] = () => Promise.reject(unreadable);
    void shipments.send(CHAT, [pick(new File(["x"], "a.png", { type: "image/png" }))], null);
    await settle();
    expect(states()).toEqual(["failed"]);
    expect(reasons()).toEqual(["Telegram can't show this picture. Retry to send it as a file."]);
    answers["media.send"] = async () => ({ state: "sent", message: aMessage(5), messages: null });
    shipments.retry(CHAT, firstId());
    await settle();
    const kinds = requests("media.send").map((each) => (each.files as { kind: string }[])[0]?.kind);
    expect(kinds).toEqual(["photo", "document"]);
  });
});

describe("files that are taken back", () => {
  it("go away while it is asked where to put them, and none is put up", async () => {
    const form = held();
    answers["media.upload"] = () => form.promise;
    void shipments.send(CHAT, [aFile(), aFile()], null);
    await settle();
    await shipments.cancel(CHAT, firstId());
    form.answer({ upload_id: "U1", url: "/bucket", fields: {} });
    await settle();
    expect([states(), bucket.posted, requests("media.upload").length]).toEqual([[], 0, 1]);
    expect(requests("media.discard")).toEqual([{ upload_ids: ["U1"] }]);
  });

  it("stop in the middle of the first, and the others are not begun", async () => {
    void shipments.send(CHAT, [aFile(), aFile()], null);
    await settle(5);
    await shipments.cancel(CHAT, firstId());
    await settle();
    expect(bucket).toMatchObject({ posted: 1, aborted: 1 });
    expect(requests("media.send")).toEqual([]);
    expect(requests("media.discard")).toEqual([{ upload_ids: ["U1"] }]);
  });

  it.each(["failed", "unknown"] as const)("are forgotten at once when they are %s", async (state) => {
    answers["media.send"] = async () => ({ state: "sending" });
    answers["media.cancel"] = async () => ({ is_withdrawn: false });
    void shipments.send(CHAT, [aFile()], null);
    await settle();
    store.change(CHAT, (log) => withOutgoingState(log, firstId(), state));
    await shipments.cancel(CHAT, firstId());
    expect([states(), urls.size]).toEqual([[], 0]);
    expect(requests("media.cancel")).toEqual([]);
  });
});
