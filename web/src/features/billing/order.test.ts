import { describe, expect, it } from "vitest";

import type { Interval, Price, Subscription } from "@/lib/api/types";

import { hasSeats, isSame, orderOf, sumOf, toFree, yearlySaving } from "./order";

const price = (kind: string, interval: Interval, euros: number): Price => ({
  kind,
  interval,
  amount_minor: euros * 100,
  currency: "eur",
});

const prices = [
  price("basic", "month", 29),
  price("basic", "year", 290),
  price("pro", "month", 39),
  price("pro", "year", 390),
  price("extra", "month", 5),
  price("extra", "year", 50),
];

const subscription: Subscription = {
  interval: "month",
  status: "active",
  basic: 1,
  pro: 2,
  extra: 4,
  period_end: "2026-04-01T00:00:00Z",
  cancels_at: null,
  grace_ends_at: null,
  next_at: "2026-04-01T00:00:00Z",
  next_minor: 12_700,
  currency: "eur",
  version: 3,
};

describe("an order", () => {
  it("costs each kind at the price of its interval", () => {
    expect(sumOf({ interval: "month", basic: 1, pro: 3, extra: 2 }, prices)).toBe(15_600);
    expect(sumOf({ interval: "year", basic: 0, pro: 1, extra: 1 }, prices)).toBe(44_000);
  });

  it("begins with what is paid, and with one Pro seat where nothing is", () => {
    expect(orderOf("month", subscription)).toEqual({ interval: "month", basic: 1, pro: 2, extra: 4 });
    expect(orderOf("year", undefined)).toEqual({ interval: "year", basic: 0, pro: 1, extra: 0 });
  });

  it("changes something only where a number differs", () => {
    const paid = orderOf("month", subscription);
    expect(isSame(paid, { ...paid })).toBe(true);
    expect(isSame(paid, { ...paid, extra: 0 })).toBe(false);
    expect(isSame(paid, { ...paid, interval: "year" })).toBe(false);
  });

  it("has a seat, or extra accounts stand on nothing", () => {
    expect(hasSeats({ interval: "month", basic: 0, pro: 0, extra: 3 })).toBe(false);
    expect(hasSeats({ interval: "month", basic: 1, pro: 0, extra: 0 })).toBe(true);
  });
});

describe("paying yearly", () => {
  it("saves whole per cents, by the plan that saves least", () => {
    expect(yearlySaving(prices)).toBe(16);
  });

  it("saves nothing where only one interval is sold, or a year costs more", () => {
    expect(yearlySaving([price("pro", "month", 39)])).toBe(0);
    expect(yearlySaving([price("pro", "month", 39), price("pro", "year", 500)])).toBe(0);
  });
});

describe("a refused downgrade", () => {
  it("tells how many to free", () => {
    expect(toFree({ free_first: 2, in_use: 3 })).toBe(2);
    expect(toFree(undefined)).toBe(0);
    expect(toFree({})).toBe(0);
  });
});
