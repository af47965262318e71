import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { MessageEntity } from "@/live/types";
import {
  brokenIn,
  namesOfPerson,
  type Rendered,
  render,
  spoken,
  type Values,
  variablesIn,
  written,
} from "./variables";

interface Golden {
  texts: { says: string; text: string; entities: MessageEntity[]; values: Values; rendered: Rendered }[];
  broken: { text: string; at: number[] }[];
  people: { name: string; first: string; last: string }[];
  spoken: { value: string | number | boolean | null | string[]; said: string }[];
  options: Record<string, string>;
}

const path = join(import.meta.dirname, "../../../../tests/golden/templates.json");
const golden: Golden = JSON.parse(readFileSync(path, "utf8"));

describe("the golden cases, which the server is held to as well", () => {
  it.each(golden.texts)("$says", ({ text, entities, values, rendered }) => {
    expect(render(text, entities, values)).toEqual(rendered);
  });

  it.each(golden.broken)("finds the braces that begin no variable in $text", ({ text, at }) => {
    expect(brokenIn(text)).toEqual(at);
  });

  it.each(golden.people)("takes $name apart", ({ name, first, last }) => {
    expect(namesOfPerson(name)).toEqual({ first, last });
  });

  it.each(golden.spoken)("says $value as a message does", ({ value, said }) => {
    expect(spoken(value, golden.options)).toBe(said);
  });
});

it("names each variable once, in the order of the text", () => {
  const text = `${written("account.name")} ${written("column.a", "x")} {{account.name}} {{broken`;
  expect(variablesIn(text)).toEqual(["account.name", "column.a"]);
});

it("takes nothing for a value that every object has", () => {
  expect(render("{{constructor}}", [], {}).gaps).toHaveLength(1);
});
