import { describe, expect, it } from "vitest";

import type { Change } from "@/lib/api/types";

import { queryOf, takes } from "./filtered";

const change: Change = {
  id: "01J",
  at: "2026-03-12T23:30:00Z",
  kind: "member.role_changed",
  actor: { kind: "user", id: "U1", name: "Robin Vale" },
  target: "U2",
  old: { role: "member" },
  new: { role: "admin" },
};

describe("filters of the log", () => {
  it("are asked of the API by its own names, without what is not set", () => {
    expect(queryOf({ object: "U2", kind: undefined })).toEqual({ target: "U2" });
  });
});

describe("a change that was just made", () => {
  it.each([
    {},
    { actor: "U1" },
    { kind: "member" },
    { kind: "member.role_changed" },
    { object: "U2" },
    { from: "2026-03-12", to: "2026-03-12" },
  ])("belongs to %j", (filters) => {
    expect(takes(filters, change)).toBe(true);
  });

  it.each([
    { actor: "U2" },
    { actor: "wireroom" },
    { kind: "invite" },
    { kind: "member.joined" },
    { object: "U1" },
    { from: "2026-03-13" },
    { to: "2026-03-11" },
  ])("does not belong to %j", (filters) => {
    expect(takes(filters, change)).toBe(false);
  });

  it("by nobody is what Wireroom did itself", () => {
    const ours = { ...change, actor: { kind: "system", id: null, name: "Wireroom" } };
    expect(takes({ actor: "wireroom" }, ours)).toBe(true);
  });
});
