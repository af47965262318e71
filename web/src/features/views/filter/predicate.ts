/** Which rows a filter takes: predicates made once a filter and asked a hundred thousand times. Pure. */

import {
  type Condition,
  type FieldKind,
  type Filter,
  type FilterValue,
  isGroup,
  needsMany,
  type Operator,
  partsOf,
} from "./model";
import { plusDays, spanOf } from "./spans";

/** The value of one field of one row; a moment is RFC 3339 text in UTC, what is missing null, empty or undefined. */
export type FieldValue = string | number | boolean | readonly string[] | null | undefined;

export interface Readable<Row> {
  kind: FieldKind;
  read: (row: Row) => FieldValue;
}

/** Who asks and when. `beginningOf` is the moment a day begins where they are, in milliseconds. */
export interface Standpoint {
  today: string;
  me: string | null;
  beginningOf: (day: string) => number;
}

/** Where this browser is. */
export function standpointHere(me: string | null, now = new Date()): Standpoint {
  const pad = (number: number) => String(number).padStart(2, "0");
  return {
    today: `${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`,
    me,
    beginningOf: (day) =>
      new Date(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8))).getTime(),
  };
}

export type Predicate<Row> = (row: Row) => boolean;

/** A condition on a field that is not there any more takes everything. */
export function predicateOf<Row>(
  filter: Filter,
  fields: ReadonlyMap<string, Readable<Row>>,
  at: Standpoint,
): Predicate<Row> {
  if (!isGroup(filter)) {
    const field = fields.get(filter.field);
    return field ? testOf(filter, field, at) : () => true;
  }
  const tests = partsOf(filter).map((each) => predicateOf(each, fields, at));
  if (tests.length === 0) return () => true;
  return "any" in filter
    ? (row) => tests.some((test) => test(row))
    : (row) => tests.every((test) => test(row));
}

function testOf<Row>(condition: Condition, { kind, read }: Readable<Row>, at: Standpoint): Predicate<Row> {
  const { is: operator, value: wanted } = condition;
  if (kind === "check") return (row) => (read(row) === true) === wanted;
  if (operator === "empty") return (row) => isMissing(read(row));
  if (operator === "filled") return (row) => !isMissing(read(row));
  const holds = comparison(condition, kind, at);
  const ifMissing = operator === "is_not" || operator === "none_of";
  return (row) => {
    const value = read(row);
    return isMissing(value) ? ifMissing : holds(value as never);
  };
}

function isMissing(value: FieldValue): boolean {
  return (
    value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0)
  );
}

function comparison(condition: Condition, kind: FieldKind, at: Standpoint): (value: never) => boolean {
  const { is: operator, value } = condition;
  switch (kind) {
    case "text":
      return ofText(operator, folded(value as string));
    case "number":
      return ofNumber(operator, value as number & readonly number[]);
    case "day":
    case "moment":
      return ofDays(condition, kind, at);
    case "choices":
      return ofChoices(operator, new Set(value as readonly string[]));
    default:
      return ofChoice(operator, value, at);
  }
}

function ofText(operator: Operator, wanted: string): (value: string) => boolean {
  switch (operator) {
    case "contains":
      return (value) => folded(value).includes(wanted);
    case "starts_with":
      return (value) => folded(value).startsWith(wanted);
    case "is":
      return (value) => folded(value) === wanted;
    default:
      return (value) => folded(value) !== wanted;
  }
}

/** Lower case of the composed form, which Python and JavaScript agree on. Source: Unicode, 3.13. */
export function folded(text: string): string {
  return text.normalize("NFC").trim().toLowerCase();
}

function ofNumber(operator: Operator, wanted: number & readonly number[]): (value: number) => boolean {
  const [least = 0, most = 0] = operator === "between" ? wanted : [];
  switch (operator) {
    case "is":
      return (value) => value === wanted;
    case "is_not":
      return (value) => value !== wanted;
    case "gt":
      return (value) => value > wanted;
    case "gte":
      return (value) => value >= wanted;
    case "lt":
      return (value) => value < wanted;
    case "lte":
      return (value) => value <= wanted;
    default:
      return (value) => least <= value && value <= most;
  }
}

/** Days and moments are compared as the text they are: both forms sort as time does. */
function ofDays(condition: Condition, kind: "day" | "moment", at: Standpoint): (value: string) => boolean {
  const edge = kind === "day" ? (day: string) => day : (day: string) => beginning(day, at);
  const [first, end] = bounds(condition, at.today);
  const [from, to] = [first && edge(first), end && edge(end)];
  const isWanted = condition.is !== "is_not";
  return (value) => ((from === "" || from <= value) && (to === "" || value < to)) === isWanted;
}

/** Cut off before the `Z`: 00:00:00.5Z and 00:00:00Z both follow 00:00:00. */
function beginning(day: string, at: Standpoint): string {
  return new Date(at.beginningOf(day)).toISOString().slice(0, 19);
}

/** The first day that is meant and the one behind the last; empty where there is no bound. */
function bounds({ is: operator, value }: Condition, today: string): [string, string] {
  if (operator === "within") return spanOf(value as string, today);
  const [first, last] = (operator === "between" ? value : [value, value]) as [string, string];
  if (operator === "before") return ["", first];
  return operator === "after" ? [plusDays(last, 1), ""] : [first, plusDays(last, 1)];
}

function ofChoice(
  operator: Operator,
  value: FilterValue | undefined,
  at: Standpoint,
): (value: string) => boolean {
  if (operator === "me") return (held) => held === at.me;
  const wanted = new Set(needsMany(operator) ? (value as readonly string[]) : [value as string]);
  const isWanted = operator === "is" || operator === "any_of";
  return (held) => wanted.has(held) === isWanted;
}

function ofChoices(operator: Operator, wanted: ReadonlySet<string>): (value: readonly string[]) => boolean {
  if (operator === "all_of") return (held) => [...wanted].every((each) => held.includes(each));
  const isWanted = operator === "any_of";
  return (held) => held.some((each) => wanted.has(each)) === isWanted;
}
