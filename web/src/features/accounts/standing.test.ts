import { i18n } from "@lingui/core";
import { beforeAll, describe, expect, it } from "vitest";

import type { Standing } from "@/live/types";

import { pauseOf, untilTime } from "./standing";

const NOW = Date.parse("2026-03-01T12:00:00Z");
const healthy: Standing = {
  account_id: "A",
  state: "healthy",
  sending_until: null,
  slow_until: null,
  limited_at: null,
  chats: {},
};

beforeAll(() => i18n.loadAndActivate({ locale: "en", messages: {} }));

describe("what pauses a chat", () => {
  it("is nothing while the account is healthy or not known yet", () => {
    expect(pauseOf(healthy, "C", NOW)).toBeNull();
    expect(pauseOf(undefined, "C", NOW)).toBeNull();
  });

  it("is Telegram's wait until that is over", () => {
    const waiting = { ...healthy, sending_until: "2026-03-01T12:00:05Z" };
    expect(pauseOf(waiting, "C", NOW)).toEqual({ kind: "sending", until: waiting.sending_until });
    expect(pauseOf(waiting, "C", NOW + 5_000)).toBeNull();
  });

  it("is slow mode in its own chat alone", () => {
    const slow = { ...healthy, chats: { C: "2026-03-01T12:00:30Z" } };
    expect(pauseOf(slow, "C", NOW)?.kind).toBe("slow_mode");
    expect(pauseOf(slow, "D", NOW)).toBeNull();
  });

  it("is the limit before all else, since it has no end", () => {
    const limited = { ...healthy, limited_at: "2026-03-01T11:00:00Z", sending_until: "2026-03-01T12:05:00Z" };
    expect(pauseOf(limited, "C", NOW)).toEqual({ kind: "limited" });
  });
});

it("tells a time with its day only where it is another one", () => {
  const soon = new Date(NOW + 30_000).toISOString();
  const nextWeek = new Date(NOW + 7 * 86_400_000).toISOString();
  expect(untilTime(soon, NOW)).toMatch(/:\d\d:30/);
  expect(untilTime(nextWeek, NOW)).toContain("2026");
});
