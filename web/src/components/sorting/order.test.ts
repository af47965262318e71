import { describe, expect, it } from "vitest";
import { afterDrop, afterStep, reordered } from "./order";

const ids = ["a", "b", "c", "d"];

describe("a row that is dropped", () => {
  it.each([
    ["d", "before", "a", null],
    ["a", "after", "b", "b"],
    ["a", "before", "d", "c"],
    ["d", "before", "c", "b"],
  ] as const)("%s %s %s comes behind %s", (moved, edge, at, after) => {
    expect(afterDrop(ids, moved, edge, at)).toBe(after);
  });

  it.each([
    ["b", "after", "a"],
    ["b", "before", "c"],
    ["a", "before", "b"],
  ] as const)("%s %s %s stays where it is", (moved, edge, at) => {
    expect(afterDrop(ids, moved, edge, at)).toBeUndefined();
  });
});

describe("a row that is moved by a key", () => {
  it("goes one place up or down, and no further than the ends", () => {
    expect(afterStep(ids, "c", -1)).toBe("a");
    expect(afterStep(ids, "b", -1)).toBeNull();
    expect(afterStep(ids, "a", -1)).toBeUndefined();
    expect(afterStep(ids, "a", 1)).toBe("b");
    expect(afterStep(ids, "d", 1)).toBeUndefined();
  });
});

it("a list is put in its new order", () => {
  const rows = ids.map((id) => ({ id }));
  expect(reordered(rows, "d", "a").map(({ id }) => id)).toEqual(["a", "d", "b", "c"]);
  expect(reordered(rows, "c", null).map(({ id }) => id)).toEqual(["c", "a", "b", "d"]);
});
