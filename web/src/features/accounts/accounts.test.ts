import { describe, expect, it } from "vitest";

import type { Account } from "@/lib/api/types";

import { withConnection } from "./accounts";
import { maskPhone } from "./maskPhone";

const mine = {
  user_id: "U1",
  full_name: "Ada",
  state: "connected",
  reason: null,
  since: "2026-01-01T00:00:00Z",
  mine: true,
};
const theirs = { ...mine, user_id: "U2", full_name: "Grace", mine: false };
const account = {
  id: "A1",
  label: "Sales",
  name: "Ada",
  mine: true,
  phone: null,
  username: null,
  connections: [theirs, mine],
};
const list = { accounts: [account as Account] };
const ended = { seq: 1, type: "connection.changed", state: "needs_login", reason: "revoked" } as const;

describe("a change of a connection", () => {
  it("changes mine and leaves the others' alone", () => {
    const changed = withConnection(list, { ...ended, account_id: "A1", since: "2026-01-02T00:00:00Z" });
    expect(changed?.accounts[0]?.connections).toEqual([
      theirs,
      { ...mine, state: "needs_login", reason: "revoked", since: "2026-01-02T00:00:00Z" },
    ]);
  });

  it("of an account that is not in the list asks for the list again", () => {
    expect(withConnection(list, { ...ended, account_id: "A9", since: mine.since })).toBeUndefined();
  });
});

describe("a phone number on screen", () => {
  it("shows its ends only", () => {
    expect(maskPhone("+491701234567")).toBe("+491 ••• 4567");
  });

  it("stays whole when there is nothing to hide", () => {
    expect(maskPhone("42777")).toBe("42777");
  });
});
