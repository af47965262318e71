import { expect, it } from "vitest";
import { reacted } from "./reactions";

const theirs = { emoji: "👍", count: 1, mine: false };

it("adds one's own to the others'", () => {
  expect(reacted([theirs], "👍")).toEqual([{ emoji: "👍", count: 2, mine: true }]);
  expect(reacted([theirs], "🔥")).toEqual([theirs, { emoji: "🔥", count: 1, mine: true }]);
});

it("puts another in place of the one given before", () => {
  expect(reacted([{ emoji: "👍", count: 2, mine: true }], "🔥")).toEqual([
    theirs,
    { emoji: "🔥", count: 1, mine: true },
  ]);
});

it("takes it off when it is given again", () => {
  expect(reacted([{ emoji: "👍", count: 2, mine: true }], "👍")).toEqual([theirs]);
  expect(reacted([{ emoji: "👍", count: 1, mine: true }], "👍")).toEqual([]);
});
