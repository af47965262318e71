import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError } from "@/lib/api/errors";
import type { Live, LiveEvents, Message } from "@/live/types";
import { MessageStore } from "../messages/store";
import { pick } from "./picked";
import { Shipments } from "./shipments";

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

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("XMLHttpRequest", TakingBucket);
  URL.createObjectURL = () => "blob:here";
  URL.revokeObjectURL = () => undefined;
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

/** A bucket that takes every file at once. */
class TakingBucket {
  upload = { onprogress: null };
  status = 204;
  onload: (() => void) | null = null;
  open() {}
  abort() {}
  send() {
    setTimeout(() => this.onload?.(), 10);
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
const settle = () => vi.advanceTimersByTimeAsync(100);
const states = () => store.log(CHAT).outgoing.map((each) => each.state);
const requests = (type: string) => asked.filter(([each]) => each === type).map(([, body]) => body);

describe("files that are sent", () => {
  it("are put up one after the other, and sent together under one client id", async () => {
    shipments.send(CHAT, [aFile(), aFile()], 7);
    expect(store.log(CHAT).outgoing[0]?.files?.map((each) => each.name)).toEqual(["plan.pdf", "plan.pdf"]);
    await settle();
    const [order] = requests("media.send") as [{ files: { upload_id: string }[]; reply_to_id: number }];
    expect(order.files.map((each) => each.upload_id)).toEqual(["U1", "U2"]);
    expect(order.reply_to_id).toBe(7);
    expect(states()).toEqual([]);
  });

  it("are not put up again when only the sending is repeated after a lost socket", async () => {
    answers["media.send"] = () => Promise.reject(offline);
    shipments.send(CHAT, [aFile()], null);
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
    shipments.send(CHAT, [aFile()], null);
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
    shipments.send(CHAT, [aFile()], null);
    await settle();
    const clientId = store.log(CHAT).outgoing[0]?.clientId ?? "";
    const step = { client_id: clientId, done: 1, total: 4 } as LiveEvents["media.progress"];
    handlers["media.progress"]?.(step as never);
    expect(shipments.way(clientId)).toEqual({ up: 1, on: 0.25 });
  });

  it("go away, and from the bucket, when they are taken back", async () => {
    answers["media.send"] = async () => ({ state: "queued" });
    shipments.send(CHAT, [aFile()], null);
    await settle();
    await shipments.cancel(CHAT, store.log(CHAT).outgoing[0]?.clientId ?? "");
    expect(requests("media.cancel")[0]?.upload_ids).toEqual(["U1"]);
    expect(requests("media.discard")[0]?.upload_ids).toEqual(["U1"]);
    expect(states()).toEqual([]);
  });

  it("stay when Telegram has them already", async () => {
    answers["media.send"] = async () => ({ state: "sending" });
    answers["media.cancel"] = async () => ({ is_withdrawn: false });
    shipments.send(CHAT, [aFile()], null);
    await settle();
    await shipments.cancel(CHAT, store.log(CHAT).outgoing[0]?.clientId ?? "");
    expect(states()).toEqual(["waiting"]);
    expect(requests("media.discard")).toEqual([]);
  });
});
