import { describe, expect, it } from "vitest";

import type { Member, Role } from "@/lib/api/types";

import { isOnlyOwner, memberName, withChange } from "./members";

function member(userId: string, role: Role, alias: string | null = null): Member {
  return {
    user_id: userId,
    full_name: `Name of ${userId}`,
    alias,
    username: userId.toLowerCase(),
    role,
    flags: [],
    joined_at: "2026-03-01T00:00:00Z",
    has_second_factor: null,
    state: "active",
    seat: null,
  };
}

describe("a member", () => {
  it("is called by the alias where there is one", () => {
    expect(memberName(member("U1", "member"))).toBe("Name of U1");
    expect(memberName(member("U1", "member", "Robbie"))).toBe("Robbie");
  });

  it("is shown changed before the API has answered", () => {
    const list = { members: [member("U1", "owner"), member("U2", "member", "Sam")] };
    const changed = withChange(list, "U2", { role: "admin" });
    expect(changed.members.map(({ role, alias }) => [role, alias])).toEqual([
      ["owner", null],
      ["admin", "Sam"],
    ]);
  });

  it("loses an alias by an empty one", () => {
    const list = { members: [member("U1", "member", "Sam")] };
    expect(withChange(list, "U1", { alias: "  " }).members[0]?.alias).toBeNull();
    expect(withChange(list, "U1", { alias: " Samuel " }).members[0]?.alias).toBe("Samuel");
  });
});

describe("the only Owner", () => {
  it("is the one Owner there is", () => {
    expect(isOnlyOwner([member("U1", "owner"), member("U2", "admin")], "U1")).toBe(true);
  });

  it("is nobody where there are two, and no Admin", () => {
    expect(isOnlyOwner([member("U1", "owner"), member("U2", "owner")], "U1")).toBe(false);
    expect(isOnlyOwner([member("U1", "owner"), member("U2", "admin")], "U2")).toBe(false);
  });
});
