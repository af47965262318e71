/** What a custom column may hold: reading it from typed or pasted text, showing it, copying it. Pure. */

import type { Column, ColumnOption } from "@/lib/api/types";

/** Of a multiselect the ids of its options, in the order they were chosen; of files theirs. */
export type CellValue = string | number | boolean | string[] | null;

/** Why a text does not fit its column; `refusalText` says it in words. */
export type Refusal =
  | "too-long"
  | "far-too-long"
  | "not-a-number"
  | "not-a-date"
  | "no-such-option"
  | "no-such-person"
  | "not-yes-or-no"
  | "not-a-file";

export type Parsed = { ok: true; value: CellValue } | { ok: false; refusal: Refusal };

/** Somebody a person column may name. */
export interface Somebody {
  id: string;
  name: string;
}

/** A column as far as its values need it; `people` are those a person column may name, and the word for others. */
export type Shape = Pick<Column, "type" | "options" | "archived_options"> & {
  conversion?: Column["conversion"];
  people?: { members: readonly Somebody[]; former: string } | undefined;
};

const TEXT_MAX = 1_000;
const LONG_TEXT_MAX = 20_000;
const NUMBER_MAX = 1e15;
const YES = new Set(["true", "yes", "y", "1", "x", "✓", "✔", "☑"]);
const NO = new Set(["false", "no", "n", "0", "☐", "-"]);

/** Reads a text the way the column understands it. An empty text is no value: null. */
export function parseValue(column: Shape, text: string, locale = navigator.language): Parsed {
  const trimmed = text.trim();
  if (trimmed === "") return accepted(null);
  switch (column.type) {
    case "text":
      return trimmed.length <= TEXT_MAX ? accepted(trimmed) : refused("too-long");
    case "long_text":
      return trimmed.length <= LONG_TEXT_MAX ? accepted(trimmed) : refused("far-too-long");
    case "number":
      return parseNumber(trimmed, locale);
    case "date":
      return parseDate(trimmed, locale);
    case "select":
      return parseOption(column, trimmed);
    case "multiselect":
      return parseOptions(column, trimmed);
    case "checkbox":
      return parseYesNo(trimmed);
    case "person":
      return parsePerson(column, trimmed);
    case "files":
      return refused("not-a-file");
  }
}

/**
 * The value as a person reads it: grouped digits, a date of the locale, names of options and people.
 *
 * While a column becomes another type its values are of either; one that is not of the column's own is read as it is.
 */
export function valueText(column: Shape, value: CellValue, locale = navigator.language): string {
  if (value === null) return "";
  const named = optionsOf(column, value);
  if (named.length > 0) return named.map((each) => each.name).join(SEPARATOR);
  if (typeof value === "number") return numberFormat(locale).format(value);
  if (typeof value === "boolean") return value ? "✓" : "";
  if (typeof value !== "string") return "";
  if (column.type === "date") return dateText(value, locale);
  if (column.type === "person") return personName(column, value);
  return isUnknownOption(column) ? "" : value.replace(/\s+/g, " ");
}

/** The option a select value means. One that was taken away can't be chosen any more and is still shown by its name. */
export function optionOf(column: Shape, value: CellValue): ColumnOption | undefined {
  const isMeant = (each: ColumnOption) => each.id === value;
  return column.options.find(isMeant) ?? column.archived_options.find(isMeant);
}

/** The options that a value of a select or multiselect means, in the order they were chosen. */
export function optionsOf(column: Shape, value: CellValue): ColumnOption[] {
  const ids: readonly CellValue[] = Array.isArray(value) ? value : [value];
  return ids.flatMap((id) => optionOf(column, id) ?? []);
}

/** How many files a value holds. */
export function filesIn(value: CellValue): number {
  return Array.isArray(value) ? value.length : 0;
}

/** Whether a value must be there and is not. */
export function isMissing({ required }: Pick<Column, "required">, value: CellValue): boolean {
  return required && value === null;
}

/** What somebody is called; who left the workspace has no name in it any more. */
function personName({ people }: Shape, id: string): string {
  if (!people) return "";
  return people.members.find((each) => each.id === id)?.name ?? people.former;
}

/** The id of an option that is not known (yet) is nothing to read; on the way to another type it may be that type's. */
function isUnknownOption({ type, conversion }: Shape): boolean {
  return (type === "select" || type === "multiselect") && !conversion;
}

const SEPARATOR = ", ";

/** The value as text that `parseValue` of the same locale reads back: what goes to the clipboard and into editors. */
export function plainText(column: Shape, value: CellValue, locale = navigator.language): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value).replace(".", decimalMark(locale));
  if (column.type === "date" || column.type === "long_text") return String(value);
  if (column.type === "checkbox") return value === true ? "TRUE" : "FALSE";
  if (column.type === "files") return String(filesIn(value));
  return valueText(column, value, locale);
}

/** Making a formatter is slow; a table formats thousands of values. */
function remembered<Format>(make: (locale: string) => Format): (locale: string) => Format {
  const made = new Map<string, Format>();
  return (locale) => {
    const format = made.get(locale) ?? make(locale);
    made.set(locale, format);
    return format;
  };
}

const numberFormat = remembered((locale) => new Intl.NumberFormat(locale, { maximumFractionDigits: 10 }));
const dateFormat = remembered(
  (locale) => new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" }),
);

function parseNumber(text: string, locale: string): Parsed {
  const digits = text.replace(/[\s\u00a0\u202f'’]/g, "");
  const number = Number(normalised(digits, decimalMark(locale)));
  const fits = /^[+-]?[\d.,]+$/.test(digits) && Number.isFinite(number) && Math.abs(number) <= NUMBER_MAX;
  return fits ? accepted(number) : refused("not-a-number");
}

/** With both marks present the last one is the decimal mark; a lone mark before three digits groups unless the locale says otherwise. */
function normalised(digits: string, decimal: string): string {
  const comma = digits.lastIndexOf(",");
  const point = digits.lastIndexOf(".");
  if (comma < 0 && point < 0) return digits;
  if (comma >= 0 && point >= 0) return withDecimal(digits, comma > point ? "," : ".");
  const mark = comma >= 0 ? "," : ".";
  const groups = /^[+-]?\d{1,3}([.,]\d{3})+$/.test(digits) && mark !== decimal;
  return groups ? digits.replaceAll(mark, "") : withDecimal(digits, mark);
}

function withDecimal(digits: string, decimal: string): string {
  const grouping = decimal === "," ? "." : ",";
  return digits.replaceAll(grouping, "").replace(decimal, ".");
}

function decimalMark(locale: string): string {
  const parts = new Intl.NumberFormat(locale).formatToParts(0.5);
  return parts.find((each) => each.type === "decimal")?.value ?? ".";
}

/** ISO, day.month.year, and slashes in the locale's order. */
function parseDate(text: string, locale: string): Parsed {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  if (iso) return calendarDay(iso[1], iso[2], iso[3]);
  const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text);
  if (dotted) return calendarDay(dotted[3], dotted[2], dotted[1]);
  const slashed = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text);
  if (!slashed) return refused("not-a-date");
  return putsMonthFirst(locale)
    ? calendarDay(slashed[3], slashed[1], slashed[2])
    : calendarDay(slashed[3], slashed[2], slashed[1]);
}

function calendarDay(year = "", month = "", day = ""): Parsed {
  const written = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const at = new Date(`${written}T00:00:00Z`);
  const exists = !Number.isNaN(at.getTime()) && at.toISOString().startsWith(written);
  return exists ? accepted(written) : refused("not-a-date");
}

function putsMonthFirst(locale: string): boolean {
  const parts = new Intl.DateTimeFormat(locale, { month: "numeric", day: "numeric" }).formatToParts(0);
  return parts.findIndex((each) => each.type === "month") < parts.findIndex((each) => each.type === "day");
}

function dateText(value: string, locale: string): string {
  const at = new Date(`${value}T00:00:00Z`);
  if (Number.isNaN(at.getTime())) return value;
  return dateFormat(locale).format(at);
}

function parseOption(column: Shape, text: string): Parsed {
  const wanted = text.toLocaleLowerCase();
  const option = column.options.find((each) => each.name.toLocaleLowerCase() === wanted);
  return option ? accepted(option.id) : refused("no-such-option");
}

/** A name with a comma is found whole; else commas and line breaks part the names. Each counts once. */
function parseOptions(column: Shape, text: string): Parsed {
  const names = parseOption(column, text).ok ? [text] : text.split(/\s*[,\n]\s*/).filter(Boolean);
  const ids = new Set<string>();
  for (const name of names) {
    const parsed = parseOption(column, name);
    if (!parsed.ok) return parsed;
    ids.add(String(parsed.value));
  }
  return accepted(ids.size === 0 ? null : [...ids]);
}

function parsePerson({ people }: Shape, text: string): Parsed {
  const wanted = text.toLocaleLowerCase();
  const [found, ...others] = (people?.members ?? []).filter(
    (each) => each.name.toLocaleLowerCase() === wanted,
  );
  return found && others.length === 0 ? accepted(found.id) : refused("no-such-person");
}

function parseYesNo(text: string): Parsed {
  const word = text.toLocaleLowerCase();
  if (YES.has(word)) return accepted(true);
  return NO.has(word) ? accepted(false) : refused("not-yes-or-no");
}

function accepted(value: CellValue): Parsed {
  return { ok: true, value };
}

function refused(refusal: Refusal): Parsed {
  return { ok: false, refusal };
}
