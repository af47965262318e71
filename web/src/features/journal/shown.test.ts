import { describe, expect, it } from "vitest";

import { inShort, shownChanges, type Words } from "./shown";

const words: Words = {
  field: (path) => `<${path}>`,
  meaning: (field, value) => (field === "role" ? value.toUpperCase() : undefined),
  yes: "on",
  no: "off",
  excerpt: (beginning, characters) => `${beginning}… ${characters}`,
  moment: (iso) => `at ${iso}`,
  number: (value, field) => (field.endsWith("_minor") ? `€${value / 100}` : `${value}.`),
};

const stage = { name: "Stage", option: (id: string) => ({ O1: "Open", O2: "Won" })[id] };
const columnOf = (id: string) => (id === "C1" ? stage : undefined);
const shown = (old: unknown, new_: unknown) => shownChanges({ kind: "x.y", old, new: new_ }, words, columnOf);

describe("an entry's changes in words", () => {
  it.each([
    ["a text", { name: "A" }, { name: "B" }, "A", "B"],
    ["a word that stands for something", { role: "member" }, { role: "admin" }, "MEMBER", "ADMIN"],
    ["a switch", { on: false }, { on: true }, "off", "on"],
    ["a number", { values: 1 }, { values: 2 }, "1.", "2."],
    ["a sum of money", { paid_minor: 0 }, { paid_minor: 11_700 }, "€0", "€117"],
    ["a moment", {}, { ends_at: "2026-03-12T12:00:00Z" }, undefined, "at 2026-03-12T12:00:00Z"],
    ["a list", { flags: ["a"] }, { flags: ["a", "b"] }, "a", "a, b"],
    ["an empty list", { flags: [] }, { flags: ["a"] }, undefined, "a"],
    ["a list of named things", {}, { options: [{ id: "1", name: "Won" }] }, undefined, "Won"],
    ["a long text", {}, { note: { excerpt: "Dear", sha256: "a", characters: 9 } }, undefined, "Dear… 9"],
  ])("say %s", (_, old, new_, before, after) => {
    expect(shown(old, new_)).toMatchObject([{ old: before, new: after }]);
  });

  it("name fields", () => {
    expect(shown({ role: "member" }, { role: "owner" })[0]?.label).toBe("<role>");
  });

  it("name a value by its column, and a chosen option by its name", () => {
    const old = { column_id: "C1", value: "O1", version: 1 };
    expect(shown(old, { ...old, value: "O2", version: 2 })).toEqual([
      { label: "Stage", old: "Open", new: "Won" },
    ]);
  });

  it("leave out an empty list that came with something new", () => {
    expect(shown(null, { type: "number", options: [] })).toMatchObject([{ new: "number" }]);
  });

  it("keep the value of a column that is gone", () => {
    expect(shown(null, { column_id: "C9", value: "X", version: 1 })).toEqual([
      { label: "<value>", old: undefined, new: "X" },
    ]);
  });
});

describe("a row's changes", () => {
  it("leave out the name that stands beside them", () => {
    const name = { label: "Name", old: undefined, new: "Stage" };
    const type = { label: "Type", old: undefined, new: "Select" };
    expect(inShort([name, type], "Stage")).toEqual([type]);
    expect(inShort([{ ...name, old: "Step" }, type], "Stage")).toEqual([{ ...name, old: "Step" }, type]);
    expect(inShort([name], "Stage")).toEqual([name]);
  });

  it("say of a thing that is gone what it was", () => {
    const gone = [{ label: "Role", old: "Member", new: undefined }];
    expect(inShort(gone, null)).toEqual([{ label: "Role", old: undefined, new: "Member" }]);
  });

  it("say of a value that was emptied among others that nothing is left", () => {
    const changes = [
      { label: "Alias", old: "Sam", new: undefined },
      { label: "Role", old: "Member", new: "Admin" },
    ];
    expect(inShort(changes, null)).toEqual(changes);
  });
});
