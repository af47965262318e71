import { describe, expect, it } from "vitest";
import { isNarrowed } from "./filtered";
import { readFilters, searchOf } from "./filters";

describe("the filters in an address", () => {
  it("are read as written", () => {
    const search = { actor: "U1", kind: "member", object: "U2", from: "2026-03-01", to: "2026-03-31" };
    expect(readFilters(search)).toEqual(search);
  });

  it.each([
    { kind: "Drop table" },
    { kind: "a.b.c" },
    { actor: "" },
    { object: "x".repeat(65) },
    { from: "yesterday" },
    { to: "2026-02-30" },
    { from: 20260301 },
  ])("that make no sense are left out: %j", (search) => {
    expect(isNarrowed(readFilters(search))).toBe(false);
  });

  it("leave nothing in the address when cleared", () => {
    expect(searchOf({ actor: undefined, kind: "member" })).toEqual({ kind: "member" });
    expect(searchOf({ actor: undefined })).toEqual({});
  });
});
