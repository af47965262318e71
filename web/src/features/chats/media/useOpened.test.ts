import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Live } from "@/live/types";
import { openMedia } from "./useOpened";

const ADDRESS = { chatId: "C", messageId: 7 };
const FETCHING = { state: "fetching", done: 1, total: 4 };
const READY = { state: "ready", url: "/file" };

let asked: string[];
let opened: (() => Promise<unknown>)[];
let tell: ((event: unknown) => void) | undefined;
let live: Live;

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  tell = undefined;
  live = {
    request: (type: string) => {
      asked.push(type);
      return type === "media.open" ? opened.shift()?.() : Promise.resolve({});
    },
    on: (_: string, handler: (event: unknown) => void) => {
      tell = handler;
      return () => undefined;
    },
  } as unknown as Live;
  return () => vi.useRealTimers();
});

describe("a file that is opened", () => {
  it("is fetched with progress, and its link asked for again when it is there", async () => {
    opened = [async () => FETCHING, async () => READY];
    const parts: number[] = [];
    const url = openMedia(live, ADDRESS, new AbortController().signal, (part) => parts.push(part));
    await vi.advanceTimersByTimeAsync(1);
    tell?.({ chat_id: "C", message_id: 7, done: 2, total: 4, problem: null });
    tell?.({ chat_id: "C", message_id: 7, done: 4, total: 4, problem: null });
    expect(await url).toBe("/file");
    expect([parts, asked]).toEqual([
      [0.25, 0.5],
      ["media.open", "media.open"],
    ]);
  });

  it("is not fetched on for somebody who left during the first request", async () => {
    const leaving = new AbortController();
    opened = [() => new Promise((resolve) => setTimeout(() => resolve(FETCHING), 3_000))];
    const url = openMedia(live, ADDRESS, leaving.signal, () => undefined).catch((error: Error) => error.name);
    leaving.abort();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await url).toBe("AbortError");
    expect(asked).toEqual(["media.open", "media.leave"]);
  });

  it("is not fetched on for somebody who leaves while it comes", async () => {
    const leaving = new AbortController();
    opened = [async () => FETCHING];
    const url = openMedia(live, ADDRESS, leaving.signal, () => undefined).catch((error: Error) => error.name);
    await vi.advanceTimersByTimeAsync(1);
    leaving.abort();
    expect(await url).toBe("AbortError");
    expect(asked).toEqual(["media.open", "media.leave"]);
  });
});
