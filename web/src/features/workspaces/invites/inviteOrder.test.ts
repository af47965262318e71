import { describe, expect, it } from "vitest";

import type { Invite } from "@/lib/api/types";

import { newestOpenFirst } from "./inviteOrder";

function invite(id: string, state: Invite["state"]): Invite {
  return {
    id,
    state,
    role: "member",
    email: null,
    seat_id: null,
    expires_at: "2026-03-01T00:00:00Z",
    invited_by: "U1",
  };
}

describe("invitations", () => {
  it("are shown open ones first, and the newest of each half first", () => {
    const oldestFirst = [
      invite("1", "used"),
      invite("2", "open"),
      invite("3", "revoked"),
      invite("4", "open"),
    ];
    expect(newestOpenFirst(oldestFirst).map(({ id }) => id)).toEqual(["4", "2", "3", "1"]);
  });
});
