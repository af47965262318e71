import { describe, expect, it } from "vitest";

import { ApiError, offlineError } from "@/lib/api/errors";
import type { DataExport } from "@/lib/api/types";

import { isUnderWay, linesOf, nextAtMs, secondsToWait } from "./exports";

const done: DataExport = {
  id: "01",
  state: "done",
  asked_at: "2026-11-26T08:00:00.000Z",
  selected: null,
  file: null,
  lines: { chats: 3, contacts: 2 },
  percent: 100,
  size: 2048,
  link: "https://files.example/01",
  link_expires_at: "2026-11-26T08:06:00.000Z",
  removed_at: "2026-11-27T08:01:00.000Z",
};

describe("exports of data", () => {
  it("may be asked for a minute after the newest, and at once where there is none", () => {
    expect(nextAtMs([done, { ...done, asked_at: "2026-11-26T07:00:00.000Z" }])).toBe(
      Date.parse("2026-11-26T08:01:00.000Z"),
    );
    expect(nextAtMs([])).toBe(0);
  });

  it("are under way until they are done or have failed", () => {
    const states = ["waiting", "running", "done", "failed"] as const;
    expect(states.filter((state) => isUnderWay({ ...done, state }))).toEqual(["waiting", "running"]);
  });

  it("say how long to wait where one came too soon, and of no other refusal", () => {
    const tooSoon = { status: 429, code: "data-export-too-soon", title: "", detail: "", retryAfterS: 40 };
    expect(secondsToWait(new ApiError(tooSoon))).toBe(40);
    expect(secondsToWait(offlineError())).toBeUndefined();
  });

  it("count the lines of all their files", () => {
    expect(linesOf(done)).toBe(5);
    expect(linesOf({ ...done, lines: {} })).toBe(0);
  });
});
