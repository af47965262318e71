import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError } from "@/lib/api/errors";
import type { Live } from "@/live/types";
import { Talk } from "./talk";

type Handler = (event: Record<string, unknown>) => void;

let asked: [string, Record<string, unknown>][];
let tell: Map<string, Handler>;
let welcome: () => void;
let isOffline: boolean;
/** Lets each request that was held back be answered. */
let answers: (() => void)[] | undefined;
let talk: Talk;
let end: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  vi.setSystemTime(1_000_000);
  asked = [];
  isOffline = false;
  answers = undefined;
  tell = new Map();
  const live = {
    request: async (type: string, body: Record<string, unknown>) => {
      asked.push([type, body]);
      if (answers) await new Promise<void>((done) => answers?.push(done));
      if (isOffline) throw new ApiError({ status: 0, code: "offline", title: "", detail: "" });
    },
    onWelcome: (handler: () => void) => {
      welcome = handler;
      return () => undefined;
    },
    on: (type: string, handler: Handler) => {
      tell.set(type, handler);
      return () => undefined;
    },
  } as unknown as Live;
  talk = new Talk(live);
  end = talk.start();
});

afterEach(() => {
  end();
  vi.useRealTimers();
});

const typed = (text: string) => ({ text, entities: [], replyToId: null });
const kept = () => asked.filter(([type]) => type === "chat.draft").map(([, body]) => body.text);
const signs = () => asked.filter(([type]) => type === "chat.typing").length;

describe("a draft", () => {
  it("is kept at Telegram two seconds after the last key", () => {
    talk.type("C", typed("h"));
    vi.advanceTimersByTime(1_500);
    talk.type("C", typed("hi"));
    vi.advanceTimersByTime(1_999);
    expect(kept()).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(kept()).toEqual(["hi"]);
  });

  it("is kept at once when its chat is left, and only once", () => {
    talk.type("C", typed("hi"));
    talk.leave("C");
    talk.leave("C");
    vi.advanceTimersByTime(5_000);
    expect(kept()).toEqual(["hi"]);
  });

  it("is not kept any more once it was sent", () => {
    talk.type("C", typed("hi"));
    talk.sent("C");
    vi.advanceTimersByTime(5_000);
    expect(kept()).toEqual([]);
    expect(talk.draft("C").text).toBe("");
  });

  it("that could not be kept stays, and is kept once the socket is back", async () => {
    isOffline = true;
    talk.type("C", typed("hi"));
    await vi.advanceTimersByTimeAsync(2_000);
    isOffline = false;
    tell.get("draft.changed")?.({ chat_id: "C", draft: null });
    expect(talk.draft("C").text).toBe("hi");
    welcome();
    await vi.advanceTimersByTimeAsync(0);
    tell.get("draft.changed")?.({ chat_id: "C", draft: null });
    expect([kept(), talk.draft("C").text]).toEqual([["hi", "hi"], ""]);
  });

  it("from another browser is taken over, but never over what is being typed here", () => {
    const other = { text: "from the phone", entities: [], reply_to_id: null };
    tell.get("draft.changed")?.({ chat_id: "C", draft: other });
    expect(talk.draft("C").text).toBe("from the phone");
    talk.type("C", typed("mine"));
    tell.get("draft.changed")?.({ chat_id: "C", draft: null });
    expect(talk.draft("C").text).toBe("mine");
  });
});

describe("a draft on a slow line", () => {
  const asDraft = (text: string) => ({ chat_id: "C", draft: { text, entities: [], reply_to_id: null } });

  it("does not come back into the field once it was sent", async () => {
    answers = [];
    talk.type("C", typed("hi"));
    await vi.advanceTimersByTimeAsync(2_000);
    talk.sent("C");
    answers.pop()?.();
    await vi.advanceTimersByTimeAsync(0);
    tell.get("draft.changed")?.(asDraft("hi"));
    expect(talk.draft("C").text).toBe("");
    tell.get("draft.changed")?.({ chat_id: "C", draft: null });
    tell.get("draft.changed")?.(asDraft("hi"));
    expect(talk.draft("C").text).toBe("hi");
  });

  it("that was sent gives way to another one", () => {
    talk.type("C", typed("hi"));
    talk.sent("C");
    tell.get("draft.changed")?.(asDraft("from the phone"));
    expect(talk.draft("C").text).toBe("from the phone");
  });

  it("keeps the last words, though they came while the first were being kept", async () => {
    answers = [];
    talk.type("C", typed("h"));
    await vi.advanceTimersByTimeAsync(2_000);
    talk.type("C", typed("hi"));
    talk.leave("C");
    expect(kept()).toEqual(["h"]);
    answers.pop()?.();
    await vi.advanceTimersByTimeAsync(2_000);
    answers.pop()?.();
    expect(kept()).toEqual(["h", "hi"]);
  });
});

describe("writing", () => {
  it("is shown to the other side at most every four seconds", () => {
    for (const text of ["h", "he", "hel"]) talk.type("C", typed(text));
    expect(signs()).toBe(1);
    vi.advanceTimersByTime(4_000);
    talk.type("C", typed("hell"));
    expect(signs()).toBe(2);
  });

  it("of somebody else is shown for six seconds after they were last seen at it", () => {
    const event = { chat_id: "C", user: { id: "7", name: "Boris" }, is_typing: true };
    tell.get("typing")?.(event);
    vi.advanceTimersByTime(4_000);
    tell.get("typing")?.(event);
    vi.advanceTimersByTime(5_999);
    expect(talk.typists("C")).toEqual([event.user]);
    vi.advanceTimersByTime(1);
    expect(talk.typists("C")).toEqual([]);
  });

  it("ends with the message", () => {
    tell.get("typing")?.({ chat_id: "C", user: { id: "7", name: "" }, is_typing: true });
    tell.get("message.new")?.({ chat_id: "C", message: { sender: { id: "7", name: "Boris" } } });
    expect(talk.typists("C")).toEqual([]);
  });
});

it("lists what waits by its time", () => {
  const message = (id: number, date: string) => ({ chat_id: "C", message: { id, date } });
  tell.get("scheduled.changed")?.(message(1, "2026-01-02T00:00:00Z"));
  tell.get("scheduled.changed")?.(message(2, "2026-01-01T00:00:00Z"));
  expect(talk.scheduled("C").map((each) => each.id)).toEqual([2, 1]);
  tell.get("scheduled.gone")?.({ chat_id: "C", message_ids: [2] });
  expect(talk.scheduled("C").map((each) => each.id)).toEqual([1]);
});

it("holds what a message was to say for as long as its change stands refused", () => {
  talk.holdRefusedEdit("C", 5, { text: "better", entities: [] });
  expect([talk.refusedEdit("C", 5)?.text, talk.refusedEdit("C", 6)]).toEqual(["better", undefined]);
  talk.dropRefusedEdit("C", 5);
  expect(talk.refusedEdit("C", 5)).toBeUndefined();
});
