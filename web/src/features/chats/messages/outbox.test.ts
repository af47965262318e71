import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError } from "@/lib/api/errors";
import type { Live, LiveEvents, Message } from "@/live/types";
import { Outbox } from "./outbox";
import { MessageStore } from "./store";

type Answer = (body: { client_id: string; text: string }) => Promise<unknown>;

const CHAT = "C";
const offline = new ApiError({ status: 0, code: "offline", title: "", detail: "" });

let store: MessageStore;
let outbox: Outbox;
let asked: { client_id: string; text: string }[];
let kinds: string[];
let answer: Answer;
let welcome: () => void;
let sendChanged: (event: LiveEvents["send.changed"]) => void;

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  kinds = [];
  store = new MessageStore();
  const live = {
    status: "open",
    request: (kind: string, body: { client_id: string; text: string }) => {
      kinds.push(kind);
      asked.push(body);
      return answer(body);
    },
    on: (_: string, handler: typeof sendChanged) => {
      sendChanged = handler;
      return () => undefined;
    },
    onWelcome: (handler: () => void) => {
      welcome = handler;
      return () => undefined;
    },
    onBehind: () => () => undefined,
    onStatus: () => () => undefined,
  } as unknown as Live;
  outbox = new Outbox(store, live);
  outbox.start();
});

afterEach(() => {
  vi.useRealTimers();
});

function sentAs(id: number, text: string): Message {
  return {
    id,
    date: "2026-01-01T10:00:00Z",
    direction: "out",
    sender: null,
    text,
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

const busy = { code: "telegram-busy", title: "", detail: "", status: 429, retry_after_s: 900 };
const words = (text: string) => ({ text, entities: [] });

const settle = () => vi.advanceTimersByTimeAsync(0);
const states = () => store.log(CHAT).outgoing.map((each) => each.state);
const event = (changes: Partial<LiveEvents["send.changed"]>) =>
  sendChanged({
    seq: 1,
    type: "send.changed",
    chat_id: CHAT,
    client_id: asked[0]?.client_id ?? "",
    state: "sent",
    message: null,
    messages: null,
    problem: null,
    ...changes,
  });

describe("a text that is sent", () => {
  it("waits at once and becomes a message when the gateway has it", async () => {
    answer = async ({ text }) => ({ state: "sent", message: sentAs(5, text) });
    outbox.send(CHAT, words("hello"), null);
    expect(states()).toEqual(["waiting"]);
    await settle();
    expect(states()).toEqual([]);
    expect(store.log(CHAT).messages.map((each) => each.text)).toEqual(["hello"]);
  });

  it("is repeated under the same client id after a lost socket", async () => {
    answer = () => Promise.reject(offline);
    outbox.send(CHAT, words("hello"), null);
    await settle();
    answer = async ({ text }) => ({ state: "sent", message: sentAs(5, text) });
    welcome();
    await settle();
    expect(new Set(asked.map((each) => each.client_id)).size).toBe(1);
    expect(states()).toEqual([]);
  });

  it("keeps its place before the one behind it", async () => {
    answer = () => Promise.reject(offline);
    outbox.send(CHAT, words("first"), null);
    outbox.send(CHAT, words("second"), null);
    await settle();
    expect(asked.map((each) => each.text)).toEqual(["first"]);
    answer = async ({ text }) => ({ state: "sent", message: sentAs(asked.length, text) });
    welcome();
    await settle();
    expect(asked.map((each) => each.text)).toEqual(["first", "first", "second"]);
  });

  it("fails with Telegram's reason, and a retry has the same client id", async () => {
    answer = () =>
      Promise.reject(new ApiError({ status: 422, code: "refused", title: "", detail: "Not here" }));
    outbox.send(CHAT, words("hello"), null);
    await settle();
    expect(store.log(CHAT).outgoing[0]).toMatchObject({ state: "failed", reason: "Not here" });
    answer = async ({ text }) => ({ state: "sent", message: sentAs(5, text) });
    outbox.retry(CHAT, asked[0]?.client_id ?? "");
    await settle();
    expect(asked[1]?.client_id).toBe(asked[0]?.client_id);
    expect(states()).toEqual([]);
  });

  it("is gone when a repetition hears that it was sent and deleted since", async () => {
    answer = async () => ({ state: "sent", message: null, messages: null });
    outbox.send(CHAT, words("hello"), null);
    await settle();
    expect([states(), store.log(CHAT).messages]).toEqual([[], []]);
  });

  it("becomes unknown when nobody can say within ten minutes", async () => {
    answer = () => Promise.reject(offline);
    outbox.send(CHAT, words("hello"), null);
    await vi.advanceTimersByTimeAsync(11 * 60_000);
    expect(states()).toEqual(["unknown"]);
  });

  it("is settled by the event that says it was sent", async () => {
    answer = async () => ({ state: "queued" });
    outbox.send(CHAT, words("hello"), null);
    await settle();
    event({ state: "sending" });
    expect(states()).toEqual(["waiting"]);
    event({ state: "sent", message: sentAs(5, "hello") });
    expect(states()).toEqual([]);
  });

  it("to be sent later leaves the log once Telegram keeps it", async () => {
    const at = "2026-01-01T11:00:00.000Z";
    answer = async ({ text }) => ({ state: "sent", message: { ...sentAs(1, text), is_scheduled: true } });
    outbox.send(CHAT, words("later"), null, { scheduleAt: at });
    await settle();
    expect(asked[0]).toMatchObject({ schedule_at: at });
    expect(store.log(CHAT)).toMatchObject({ messages: [], outgoing: [] });
  });

  it("waits as long as Telegram asks", async () => {
    answer = () =>
      Promise.reject(new ApiError({ status: 429, code: "wait", title: "", detail: "Wait", retryAfterS: 30 }));
    outbox.send(CHAT, words("hello"), null);
    await vi.advanceTimersByTimeAsync(29_000);
    expect(asked).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(asked).toHaveLength(2);
  });

  it("is sent, and never believed to be unknown, after a wait longer than a repeat is safe", async () => {
    answer = () =>
      Promise.reject(new ApiError({ status: 429, code: "wait", title: "", detail: "", retryAfterS: 900 }));
    outbox.send(CHAT, words("hello"), null);
    await vi.advanceTimersByTimeAsync(899_000);
    expect([asked.length, states()]).toEqual([1, ["waiting"]]);
    answer = async ({ text }) => ({ state: "sent", message: sentAs(5, text) });
    await vi.advanceTimersByTimeAsync(2_000);
    expect([asked.length, states()]).toEqual([2, []]);
    expect(store.log(CHAT).messages).toHaveLength(1);
  });

  it("that was queued and is refused for a while waits as long as the event says", async () => {
    answer = async () => ({ state: "queued" });
    outbox.send(CHAT, words("hello"), null);
    await settle();
    event({ state: "queued", problem: { ...busy, detail: "Slow mode" } });
    expect(store.log(CHAT).outgoing[0]).toMatchObject({ state: "waiting", reason: "Slow mode" });
    await vi.advanceTimersByTimeAsync(899_000);
    expect(asked).toHaveLength(1);
    answer = async ({ text }) => ({ state: "sent", message: sentAs(5, text) });
    await vi.advanceTimersByTimeAsync(2_000);
    expect([asked.length, states()]).toEqual([2, []]);
  });
});

describe("a forward", () => {
  const forwarded = { fromChatId: "A", messageIds: [7, 8] };

  it("that is queued waits in the chat it goes to, is repeated as one forward, and ends when all of it is sent", async () => {
    answer = async () => ({ state: "queued" });
    const ended = outbox.forward(CHAT, words("news"), forwarded);
    await settle();
    expect(store.log(CHAT).outgoing[0]).toMatchObject({ text: "news", state: "waiting" });
    event({ state: "queued", problem: { ...busy, retry_after_s: 20 } });
    answer = async () => ({
      state: "sent",
      message: sentAs(5, "news"),
      messages: [sentAs(5, "news"), sentAs(6, "more")],
    });
    await vi.advanceTimersByTimeAsync(21_000);
    await ended;
    expect(kinds).toEqual(["message.forward", "message.forward"]);
    expect(asked[1]).toEqual(asked[0]);
    expect(asked[0]).toMatchObject({ from_chat_id: "A", message_ids: [7, 8] });
    expect([states(), store.log(CHAT).messages.map((each) => each.id)]).toEqual([[], [5, 6]]);
  });

  it("that fails after it was queued says so, and can be retried", async () => {
    answer = async () => ({ state: "sending" });
    const ended = expect(outbox.forward(CHAT, words("news"), forwarded)).rejects.toMatchObject({
      detail: "Not here",
    });
    await settle();
    event({ state: "failed", problem: { ...busy, status: 403, detail: "Not here" } });
    await ended;
    expect(states()).toEqual(["failed"]);
    outbox.retry(CHAT, asked[0]?.client_id ?? "");
    await settle();
    expect(kinds).toEqual(["message.forward", "message.forward"]);
  });
});

describe("a text that is written outside of its chat", () => {
  it("waits as any other, and ends when it was sent", async () => {
    answer = () => Promise.reject(offline);
    const ended = outbox.sendFrom(CHAT, "FIRST", words("hello"));
    await settle();
    expect(states()).toEqual(["waiting"]);
    answer = async ({ text }) => ({ state: "sent", message: sentAs(5, text) });
    welcome();
    await ended;
    expect(asked.map((each) => each.client_id)).toEqual(["FIRST", "FIRST"]);
  });

  it("that is refused says why, and is left to whoever wrote it", async () => {
    const standing = { telegram_error: "USER_PRIVACY_RESTRICTED" };
    answer = () =>
      Promise.reject(new ApiError({ status: 403, code: "no", title: "", detail: "No", standing }));
    await expect(outbox.sendFrom(CHAT, "FIRST", words("hello"))).rejects.toMatchObject({ standing });
    expect(states()).toEqual([]);
  });
});
