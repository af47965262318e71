import { expect, it } from "vitest";

import type { BegunImport } from "@/lib/api/types";
import { type Choices, guessedChoices, planOf, withField, withMaking } from "./plan";

const begun = {
  import: { header: ["Name", "Username", "Stage"] },
  guess: { match_by: "username", match_column: 1, targets: [{ column: 2, field: "column:C" }] },
} as BegunImport;

function choosing(...fields: Choices["fields"]): Choices {
  return { fields, making: new Set(), emptyCells: "leave" };
}

it("begins with what the names of the columns suggest, makes no options and clears nothing", () => {
  expect(guessedChoices(begun)).toEqual(choosing(null, "match:username", "column:C"));
});

it("makes a plan of them", () => {
  const choices = withMaking({ ...guessedChoices(begun), emptyCells: "clear" }, 2, true);
  expect(planOf(choices)).toEqual({
    match_by: "username",
    match_column: 1,
    targets: [{ column: 2, field: "column:C", make_options: true }],
    empty_cells: "clear",
  });
});

it("has one column tell the chat, and each field come from one", () => {
  const choices = guessedChoices(begun);
  expect(withField(choices, 0, "match:chat_id")).toEqual(choosing("match:chat_id", null, "column:C"));
  expect(withField(choices, 0, "column:C")).toEqual(choosing("column:C", "match:username", null));
  expect(withField(choices, 2, null)).toEqual(choosing(null, "match:username", null));
});

it("makes options for the field they were asked for, and for no other that comes in its place", () => {
  const making = withMaking(guessedChoices(begun), 2, true);
  expect(withField(making, 0, "email").making).toEqual(new Set([2]));
  expect(withField(making, 2, "column:D").making).toEqual(new Set());
  expect(withField(making, 0, "column:C").making).toEqual(new Set());
  expect(withMaking(making, 2, false).making).toEqual(new Set());
});

it("makes no plan where nothing tells the chat or nothing is written", () => {
  expect(planOf(choosing(null, null, "email"))).toBeUndefined();
  expect(planOf(choosing("match:chat_id", null))).toBeUndefined();
});
