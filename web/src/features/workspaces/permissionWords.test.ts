import { describe, expect, it } from "vitest";

import table from "@/lib/permissions.gen.json";

import { flagWords, toggleWords } from "./permissionWords";

describe("the words of permissions", () => {
  it("are there for every toggle the API has, in its order", () => {
    expect(Object.keys(toggleWords)).toEqual(Object.keys(table.toggles));
  });

  it("are there for every flag the API has, in its order", () => {
    expect(Object.keys(flagWords)).toEqual(table.flags);
  });
});
