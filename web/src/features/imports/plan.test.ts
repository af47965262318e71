import { expect, it } from "vitest";

import type { BegunImport } from "@/lib/api/types";
import { guessedChoices, planOf, withChoice } from "./plan";

const begun = {
  import: { header: ["Name", "Username", "Stage"] },
  guess: { match_by: "username", match_column: 1, targets: [{ column: 2, field: "column:C" }] },
} as BegunImport;

it("begins with what the names of the columns suggest", () => {
  expect(guessedChoices(begun)).toEqual([null, "match:username", "column:C"]);
});

it("makes a plan of them", () => {
  expect(planOf(guessedChoices(begun))).toEqual({
    match_by: "username",
    match_column: 1,
    targets: [{ column: 2, field: "column:C" }],
  });
});

it("has one column tell the chat, and each field come from one", () => {
  const choices = guessedChoices(begun);
  expect(withChoice(choices, 0, "match:chat_id")).toEqual(["match:chat_id", null, "column:C"]);
  expect(withChoice(choices, 0, "column:C")).toEqual(["column:C", "match:username", null]);
  expect(withChoice(choices, 2, null)).toEqual([null, "match:username", null]);
});

it("makes no plan where nothing tells the chat or nothing is written", () => {
  expect(planOf([null, null, "email"])).toBeUndefined();
  expect(planOf(["match:chat_id", null])).toBeUndefined();
});
