import { describe, expect, it } from "vitest";

import type { Plan, Seat, SeatState } from "@/lib/api/types";

import { freeSeats, paidSeatOf } from "./seats";

function seat(id: string, plan: Plan, state: SeatState, userId: string | null = null): Seat {
  return {
    id,
    plan,
    state,
    interval: "month",
    paid_by: "stripe",
    paid_until: "2026-04-01T00:00:00Z",
    accounts: 5,
    extra_accounts: 0,
    user_id: userId,
    invite_id: null,
  };
}

describe("free seats", () => {
  it("are counted by plan, Pro first; filled, promised and lapsed ones are none", () => {
    const seats = [
      seat("S1", "basic", "available"),
      seat("S2", "pro", "available"),
      seat("S3", "pro", "available"),
      seat("S4", "pro", "pending"),
      seat("S5", "basic", "expired"),
      seat("S6", "basic", "filled", "U1"),
    ];
    expect(freeSeats(seats)).toEqual([
      { plan: "pro", count: 2, seatId: "S2" },
      { plan: "basic", count: 1, seatId: "S1" },
    ]);
  });

  it("are none where there are none", () => {
    expect(freeSeats([])).toEqual([]);
  });
});

describe("somebody's seat", () => {
  it("is the one they hold while it is paid", () => {
    const seats = [seat("S1", "basic", "expired", "U1"), seat("S2", "pro", "filled", "U2")];
    expect(paidSeatOf(seats, "U2")?.id).toBe("S2");
    expect(paidSeatOf(seats, "U1")).toBeUndefined();
  });
});
