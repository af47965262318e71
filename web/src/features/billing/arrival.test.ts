// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from "vitest";

import type { Interval, Subscription } from "@/lib/api/types";

import { arrivalOf, PATIENCE_MS, rememberBuying, rememberedBuying } from "./arrival";

function subscription(interval: Interval, status: string): Subscription {
  return {
    interval,
    status,
    basic: 0,
    pro: 3,
    extra: 0,
    period_end: "2026-04-01T00:00:00Z",
    cancels_at: null,
    grace_ends_at: null,
    next_at: null,
    next_minor: null,
    currency: "eur",
    version: 1,
  };
}

describe("what was bought", () => {
  it("is waited for until a subscription pays", () => {
    expect(arrivalOf(undefined, "month", 0)).toBe("waiting");
    expect(arrivalOf({ subscriptions: [] }, "month", 4000)).toBe("waiting");
    expect(arrivalOf({ subscriptions: [subscription("month", "incomplete")] }, "month", 0)).toBe("waiting");
    expect(arrivalOf({ subscriptions: [subscription("month", "active")] }, "month", 0)).toBe("arrived");
  });

  it("is not taken for a subscription of the other interval that was there before", () => {
    const before = { subscriptions: [subscription("month", "active")] };
    expect(arrivalOf(before, "year", 0)).toBe("waiting");
    expect(arrivalOf(before, null, 0)).toBe("arrived");
  });

  it("is late after half a minute, and arrives all the same", () => {
    expect(arrivalOf({ subscriptions: [] }, "month", PATIENCE_MS)).toBe("late");
    expect(arrivalOf({ subscriptions: [subscription("month", "active")] }, "month", PATIENCE_MS)).toBe(
      "arrived",
    );
  });
});

describe("the interval that is being bought", () => {
  beforeEach(() => sessionStorage.clear());

  it("is remembered by this tab for its workspace", () => {
    rememberBuying("W1", "year");
    expect(rememberedBuying("W1")).toBe("year");
    expect(rememberedBuying("W2")).toBeNull();
  });
});
