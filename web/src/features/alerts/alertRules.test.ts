import { expect, it } from "vitest";
import { periodIn } from "./alertRules";

it.each([
  ["", null],
  ["  ", null],
  ["1", 1],
  [" 24 ", 24],
  ["365", 365],
  ["366", undefined],
  ["0", undefined],
  ["-1", undefined],
  ["1.5", undefined],
  ["1e2", undefined],
  ["soon", undefined],
])("reads the period %j as %j", (text, read) => {
  expect(periodIn(text, 365)).toBe(read);
});
