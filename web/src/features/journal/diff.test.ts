import { describe, expect, it } from "vitest";

import { fieldChanges } from "./diff";

describe("the difference between old and new", () => {
  it("has only the fields that differ", () => {
    const old = { full_name: "Sam Ferrer", role: "member" };
    expect(fieldChanges(old, { ...old, role: "admin" })).toEqual([
      { field: "role", old: "member", new: "admin" },
    ]);
  });

  it("of something new has every field of it", () => {
    expect(fieldChanges(null, { name: "Stage", type: "select" })).toEqual([
      { field: "name", old: undefined, new: "Stage" },
      { field: "type", old: undefined, new: "select" },
    ]);
  });

  it("of something gone has every field it had", () => {
    expect(fieldChanges({ name: "Stage" }, null)).toEqual([{ field: "name", old: "Stage", new: undefined }]);
  });

  it("of one bare value has no field name", () => {
    expect(fieldChanges("connected", "disconnected")).toEqual([
      { field: "", old: "connected", new: "disconnected" },
    ]);
  });

  it("names nested fields by their path", () => {
    const old = { toggles: { tickets_enabled: true, message_attribution: false } };
    const new_ = { toggles: { tickets_enabled: false, message_attribution: false } };
    expect(fieldChanges(old, new_)).toEqual([{ field: "toggles.tickets_enabled", old: true, new: false }]);
  });

  it("leaves out what only counts and names rows", () => {
    expect(fieldChanges({ version: 1, value: "A" }, { version: 2, value: "A", column_id: "C" })).toEqual([]);
  });

  it("takes nothing and null for the same", () => {
    expect(fieldChanges({ email: null }, {})).toEqual([]);
    expect(fieldChanges(undefined, null)).toEqual([]);
  });

  it("takes a long text's excerpt as one value", () => {
    const long = { excerpt: "Dear", sha256: "ab", characters: 4_000 };
    expect(fieldChanges({ note: "Hi" }, { note: long })).toEqual([{ field: "note", old: "Hi", new: long }]);
  });

  it("compares lists as a whole", () => {
    expect(fieldChanges({ flags: ["a"] }, { flags: ["a"] })).toEqual([]);
    expect(fieldChanges({ flags: ["a"] }, { flags: ["a", "b"] })).toEqual([
      { field: "flags", old: ["a"], new: ["a", "b"] },
    ]);
  });

  it("are told by their number where an entry has something of many chats", () => {
    const [one, other] = ["0".repeat(42), "1".repeat(42)];
    expect(fieldChanges({ [one]: false }, { [one]: true, [other]: true })).toEqual([
      { field: "chats", old: undefined, new: 2 },
    ]);
    expect(fieldChanges({ [one]: "Lead", [other]: null }, { value: "Won", [one]: 2 })).toEqual([
      { field: "chats", old: undefined, new: 2 },
      { field: "value", old: undefined, new: "Won" },
    ]);
  });
});
