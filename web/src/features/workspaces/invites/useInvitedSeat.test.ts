import { describe, expect, it } from "vitest";

import type { Plan, Seat, SeatState } from "@/lib/api/types";

import { invitedSeats } from "./useInvitedSeat";

function seat(id: string, plan: Plan, state: SeatState): Seat {
  return {
    id,
    plan,
    state,
    interval: "month",
    paid_by: "stripe",
    paid_until: "2026-04-01T00:00:00Z",
    accounts: 5,
    extra_accounts: 0,
    user_id: null,
    invite_id: null,
  };
}

const seats = [
  seat("S1", "pro", "available"),
  seat("S2", "pro", "available"),
  seat("S3", "basic", "pending"),
];

describe("the seats to invite into", () => {
  it("are one of each plan that has a free one, and the trial while it lasts", () => {
    expect(invitedSeats(seats, undefined, true)).toEqual([{ plan: "pro", count: 2, seatId: "S1" }, null]);
    expect(invitedSeats(seats, undefined, false)).toEqual([{ plan: "pro", count: 2, seatId: "S1" }]);
  });

  it("begin with the one that was chosen before", () => {
    expect(invitedSeats(seats, "S2", false)).toEqual([{ plan: "pro", count: 2, seatId: "S2" }]);
  });

  it("are none without a free seat or a trial", () => {
    expect(invitedSeats([seat("S3", "basic", "pending")], "S3", false)).toEqual([]);
  });
});
