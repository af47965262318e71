/** Filters as the API says them: what fields can be compared by, and reading one that came from elsewhere. Pure. */

import { isSpan } from "./spans";

export type FieldKind = "text" | "number" | "day" | "moment" | "choice" | "choices" | "person" | "check";
export type Operator =
  | "is"
  | "is_not"
  | "contains"
  | "starts_with"
  | "gt"
  | "gte"
  | "lt"
  | "lte"
  | "between"
  | "before"
  | "after"
  | "within"
  | "any_of"
  | "none_of"
  | "all_of"
  | "me"
  | "empty"
  | "filled";

export type FilterValue = string | number | boolean | readonly (string | number)[];

export interface Condition {
  field: string;
  is: Operator;
  value?: FilterValue;
}

export type Group = { all: readonly Filter[] } | { any: readonly Filter[] };
export type Filter = Condition | Group;
export type Kinds = ReadonlyMap<string, FieldKind>;

export const MAX_DEPTH = 4;
export const MAX_CONDITIONS = 50;
export const MAX_CHOICES = 200;
const MAX_TEXT = 1_000;
const MAX_NUMBER = 1e15;
const FIRST_DAY = "1900-01-01";
const LAST_DAY = "2999-12-31";

const FILLING = ["empty", "filled"] as const;
const OF_DAYS = ["is", "is_not", "before", "after", "between", "within", ...FILLING] as const;
const OF_CHOICE = ["is", "is_not", "any_of", "none_of", ...FILLING] as const;

/** What each kind can be compared by, the usual one first. */
export const operators: Readonly<Record<FieldKind, readonly Operator[]>> = {
  text: ["contains", "is", "is_not", "starts_with", ...FILLING],
  number: ["is", "is_not", "gt", "gte", "lt", "lte", "between", ...FILLING],
  day: OF_DAYS,
  moment: OF_DAYS,
  choice: OF_CHOICE,
  choices: ["any_of", "all_of", "none_of", ...FILLING],
  person: ["me", ...OF_CHOICE],
  check: ["is"],
};

export const takesEverything: Group = { all: [] };

export function isGroup(filter: Filter): filter is Group {
  return "all" in filter || "any" in filter;
}

export function partsOf(group: Group): readonly Filter[] {
  return "all" in group ? group.all : group.any;
}

/** The group with other parts. */
export function withParts(group: Group, parts: readonly Filter[]): Group {
  return "all" in group ? { all: parts } : { any: parts };
}

/** Every condition, from the outside in. */
export function conditionsOf(filter: Filter): readonly Condition[] {
  return isGroup(filter) ? partsOf(filter).flatMap(conditionsOf) : [filter];
}

export function needsNoValue(operator: Operator): boolean {
  return operator === "me" || operator === "empty" || operator === "filled";
}

export function needsMany(operator: Operator): boolean {
  return operator === "any_of" || operator === "none_of" || operator === "all_of";
}

export type Read = { ok: true; filter: Filter } | { ok: false; at: string };

/** Reads a filter; `at` is the JSON pointer of what is wrong, the same that the API would blame. */
export function readFilter(raw: unknown, kinds: Kinds, at = "/filter"): Read {
  try {
    const filter = part(raw, kinds, at, MAX_DEPTH);
    if (conditionsOf(filter).length > MAX_CONDITIONS) throw new Misfit(at);
    return { ok: true, filter };
  } catch (misfit) {
    if (misfit instanceof Misfit) return { ok: false, at: misfit.at };
    throw misfit;
  }
}

/** Whether a condition has all it needs: one that is being built up may not yet. */
export function isWhole(condition: Condition, kinds: Kinds): boolean {
  return readFilter(condition, kinds).ok;
}

class Misfit extends Error {
  readonly at: string;

  constructor(at: string) {
    super(at);
    this.at = at;
  }
}

function part(raw: unknown, kinds: Kinds, at: string, depth: number): Filter {
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) throw new Misfit(at);
  const given = raw as Record<string, unknown>;
  const names = Object.keys(given);
  if (names.length === 1 && names[0] === "all") return { all: parts(given.all, kinds, `${at}/all`, depth) };
  if (names.length === 1 && names[0] === "any") return { any: parts(given.any, kinds, `${at}/any`, depth) };
  const isCondition = "field" in given && "is" in given;
  if (!isCondition || names.some((name) => !["field", "is", "value"].includes(name))) throw new Misfit(at);
  return condition(given, kinds, at);
}

function parts(raw: unknown, kinds: Kinds, at: string, depth: number): Filter[] {
  if (depth === 0 || !Array.isArray(raw) || raw.length > MAX_CONDITIONS) throw new Misfit(at);
  return raw.map((each, place) => part(each, kinds, `${at}/${place}`, depth - 1));
}

function condition(given: Record<string, unknown>, kinds: Kinds, at: string): Condition {
  const { field, value } = given;
  const kind = typeof field === "string" ? kinds.get(field) : undefined;
  if (kind === undefined) throw new Misfit(`${at}/field`);
  const operator = operators[kind].find((each) => each === given.is);
  if (operator === undefined) throw new Misfit(`${at}/is`);
  const said = { field: field as string, is: operator };
  if (!needsNoValue(operator)) return { ...said, value: operandOf(value, kind, operator, `${at}/value`) };
  if (value !== undefined && value !== null) throw new Misfit(`${at}/value`);
  return said;
}

function operandOf(raw: unknown, kind: FieldKind, operator: Operator, at: string): FilterValue {
  if (operator === "within") return demand(typeof raw === "string" && isSpan(raw), raw as string, at);
  if (needsMany(operator)) {
    const isList = Array.isArray(raw) && raw.length > 0 && raw.length <= MAX_CHOICES;
    return demand(isList, raw as unknown[], at).map((each, place) =>
      one(each, "text", `${at}/${place}`),
    ) as string[];
  }
  if (operator !== "between") return one(raw, kind, at);
  const [least, most] = demand(Array.isArray(raw) && raw.length === 2, raw as unknown[], at);
  const pair = [one(least, kind, `${at}/0`), one(most, kind, `${at}/1`)] as
    | [string, string]
    | [number, number];
  return demand(pair[0] <= pair[1], pair, at);
}

function one(raw: unknown, kind: FieldKind, at: string): string | number | boolean {
  if (kind === "number")
    return demand(typeof raw === "number" && Math.abs(raw) <= MAX_NUMBER, raw as number, at);
  if (kind === "check") return demand(typeof raw === "boolean", raw as boolean, at);
  if (kind === "day" || kind === "moment") return demand(isDay(raw), raw as string, at);
  return demand(typeof raw === "string" && raw.trim() !== "" && raw.length <= MAX_TEXT, raw as string, at);
}

function isDay(raw: unknown): boolean {
  if (typeof raw !== "string" || !/^\d{4}-\d\d-\d\d$/.test(raw) || raw < FIRST_DAY || raw > LAST_DAY)
    return false;
  const at = new Date(`${raw}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(raw);
}

function demand<Value>(fits: boolean, value: Value, at: string): Value {
  if (!fits) throw new Misfit(at);
  return value;
}

export interface Mended {
  filter: Group;
  /** How many conditions were left out: their field or choice of comparison is not there any more. */
  dropped: number;
}

/** The filter without what can't be read, always as a group: an address may be old, a column may be gone. */
export function mended(raw: unknown, kinds: Kinds): Mended {
  const found = mend(raw, kinds, MAX_DEPTH);
  const conditions = found === undefined ? [] : conditionsOf(found);
  const kept = found === undefined || conditions.length > MAX_CONDITIONS ? takesEverything : found;
  const filter = isGroup(kept) ? kept : { all: [kept] };
  return { filter, dropped: countOf(raw) - conditionsOf(filter).length };
}

function mend(raw: unknown, kinds: Kinds, depth: number): Filter | undefined {
  const parts = rawParts(raw);
  if (!parts) {
    const read = readFilter(raw, kinds);
    return read.ok ? read.filter : undefined;
  }
  if (depth === 0) return undefined;
  const kept = parts.each.map((each) => mend(each, kinds, depth - 1)).filter((each) => each !== undefined);
  return parts.isAny ? { any: kept } : { all: kept };
}

function rawParts(raw: unknown): { isAny: boolean; each: readonly unknown[] } | undefined {
  if (typeof raw !== "object" || raw === null) return undefined;
  const { all, any } = raw as { all?: unknown; any?: unknown };
  if (Array.isArray(all)) return { isAny: false, each: all };
  return Array.isArray(any) ? { isAny: true, each: any } : undefined;
}

function countOf(raw: unknown): number {
  const parts = rawParts(raw);
  return parts ? parts.each.reduce<number>((sum, each) => sum + countOf(each), 0) : 1;
}
