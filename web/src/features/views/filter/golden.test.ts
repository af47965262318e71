/** The cases that this engine and chalicelib/kernel share: both answer the same. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { FieldKind, Filter } from "./model";
import { conditionsOf, operators, readFilter } from "./model";
import { type FieldValue, predicateOf, type Readable } from "./predicate";

type Row = Readonly<Record<string, FieldValue>>;

interface Golden {
  now: string;
  me: string;
  kinds: Record<string, FieldKind>;
  rows: Record<string, Row>;
  cases: { says: string; filter: Filter; matches: string[] }[];
  refused: { says: string; filter: unknown; at: string }[];
}

const path = join(import.meta.dirname, "../../../../../tests/golden/filters.json");
const golden = JSON.parse(readFileSync(path, "utf8")) as Golden;
const kinds = new Map(Object.entries(golden.kinds));
const fields = new Map<string, Readable<Row>>(
  [...kinds].map(([name, kind]) => [name, { kind, read: (row) => row[name] }]),
);
const here = {
  today: golden.now.slice(0, 10),
  me: golden.me,
  beginningOf: (day: string) => Date.parse(`${day}T00:00:00Z`),
};

describe("a filter", () => {
  it.each(golden.cases)("takes: $says", ({ filter, matches }) => {
    const read = readFilter(filter, kinds);
    expect(read).toEqual({ ok: true, filter });
    const takes = predicateOf(filter, fields, here);
    const taken = Object.entries(golden.rows).filter(([, row]) => takes(row));
    expect(taken.map(([name]) => name).toSorted()).toEqual(matches);
  });

  it.each(golden.refused)("refuses: $says", ({ filter, at }) => {
    expect(readFilter(filter, kinds)).toEqual({ ok: false, at });
  });

  it("has an operator in the cases for nearly every kind", () => {
    const tried = new Set(
      golden.cases.flatMap(({ filter }) =>
        conditionsOf(filter).map((each) => `${kinds.get(each.field)} ${each.is}`),
      ),
    );
    const all = Object.entries(operators).flatMap(([kind, each]) => each.map((is) => `${kind} ${is}`));
    expect(all.filter((each) => !tried.has(each)).length).toBeLessThan(10);
  });

  it("takes everything by a condition on a field that is gone", () => {
    const takes = predicateOf({ field: "gone", is: "is", value: "x" }, fields, here);
    expect(Object.values(golden.rows).every(takes)).toBe(true);
  });
});
