import { describe, expect, it } from "vitest";

import type { Account, Connection, ConnectionState, Interval, Seat } from "@/lib/api/types";

import { extrasLeft } from "./extras";
import { accountsByPerson } from "./used";

function seat(id: string, interval: Interval, extra: number): Seat {
  return {
    id,
    interval,
    plan: "pro",
    state: "filled",
    paid_by: "stripe",
    paid_until: "2026-04-01T00:00:00Z",
    accounts: 5 + extra,
    extra_accounts: extra,
    user_id: null,
    invite_id: null,
  };
}

describe("extra accounts", () => {
  const [one, other, yearly] = [seat("S1", "month", 1), seat("S2", "month", 2), seat("S3", "year", 4)];
  const seats = [one, other, yearly];

  it("can stand on a seat as far as they are paid and stand on no other", () => {
    expect(extrasLeft(one, seats, [{ interval: "month", extra: 5 }])).toBe(3);
  });

  it("of the other interval count for nothing", () => {
    expect(extrasLeft(one, seats, [{ interval: "year", extra: 9 }])).toBe(0);
  });

  it("are never fewer than none", () => {
    expect(extrasLeft(one, seats, [{ interval: "month", extra: 1 }])).toBe(0);
  });
});

describe("accounts somebody uses", () => {
  const connection = (userId: string, state: ConnectionState) =>
    ({ user_id: userId, state }) as Partial<Connection> as Connection;
  const account = (...connections: Connection[]) => ({ connections }) as Partial<Account> as Account;

  it("are those they have a connection to, suspended ones too, ended ones not", () => {
    const counts = accountsByPerson([
      account(connection("U1", "connected"), connection("U2", "suspended")),
      account(connection("U1", "disconnected"), connection("U2", "needs_login")),
    ]);
    expect(counts.get("U1")).toBe(1);
    expect(counts.get("U2")).toBe(2);
  });
});
