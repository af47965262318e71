import { describe, expect, it } from "vitest";

import table from "@/lib/permissions.gen.json";

import { toggleGroups } from "./toggleGroups";

describe("the groups of toggles", () => {
  it("show every toggle the API has, once", () => {
    const shown = toggleGroups.flatMap((group) => group.toggles);
    expect(shown.toSorted()).toEqual(Object.keys(table.toggles).toSorted());
  });
});
