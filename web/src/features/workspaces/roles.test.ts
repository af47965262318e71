import { describe, expect, it } from "vitest";

import { grantableRoles, reaches } from "./roles";

describe("a role", () => {
  it.each([
    ["owner", "owner"],
    ["owner", "admin"],
    ["owner", "member"],
    ["admin", "member"],
  ] as const)("of %s reaches %s", (own, other) => {
    expect(reaches(own, other)).toBe(true);
  });

  it.each([
    ["admin", "admin"],
    ["admin", "owner"],
    ["member", "member"],
    ["member", "admin"],
  ] as const)("of %s does not reach %s", (own, other) => {
    expect(reaches(own, other)).toBe(false);
  });

  it("is given only from above, and Owner by Owners", () => {
    expect(grantableRoles("owner")).toEqual(["member", "admin", "owner"]);
    expect(grantableRoles("admin")).toEqual(["member"]);
    expect(grantableRoles("member")).toEqual([]);
  });
});
