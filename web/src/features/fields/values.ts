/** What a custom column may hold: reading it from typed or pasted text, showing it, copying it. Pure. */

import type { Column, ColumnOption } from "@/lib/api/types";

export type CellValue = string | number | boolean | null;

/** Why a text does not fit its column; `refusalText` says it in words. */
export type Refusal = "too-long" | "not-a-number" | "not-a-date" | "no-such-option" | "not-yes-or-no";

export type Parsed = { ok: true; value: CellValue } | { ok: false; refusal: Refusal };

type Shape = Pick<Column, "type" | "options" | "archived_options">;

const TEXT_MAX = 1_000;
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
    case "number":
      return parseNumber(trimmed, locale);
    case "date":
      return parseDate(trimmed, locale);
    case "select":
      return parseOption(column, trimmed);
    case "checkbox":
      return parseYesNo(trimmed);
  }
}

/** The value as a person reads it: grouped digits, a date of the locale, the option's name. */
export function valueText(column: Shape, value: CellValue, locale = navigator.language): string {
  if (value === null) return "";
  if (column.type === "number") return numberFormat(locale).format(Number(value));
  if (column.type === "date") return dateText(String(value), locale);
  if (column.type === "select") return optionOf(column, value)?.name ?? "";
  if (column.type === "checkbox") return value === true ? "✓" : "";
  return String(value);
}

/** The option a select value means. One that was taken away can't be chosen any more and is still shown by its name. */
export function optionOf(column: Shape, value: CellValue): ColumnOption | undefined {
  const isMeant = (each: ColumnOption) => each.id === value;
  return column.options.find(isMeant) ?? column.archived_options.find(isMeant);
}

/** The value as text that `parseValue` of the same locale reads back: what goes to the clipboard and into editors. */
export function plainText(column: Shape, value: CellValue, locale = navigator.language): string {
  if (value === null) return "";
  if (column.type === "number") return String(value).replace(".", decimalMark(locale));
  if (column.type === "date") return String(value);
  if (column.type === "checkbox") return value === true ? "TRUE" : "FALSE";
  return valueText(column, value, locale);
}

/** Order of two values of one column, empty ones last; options in the order they stand in the column. */
export function compareValues(column: Shape, a: CellValue, b: CellValue): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  if (column.type === "number") return Number(a) - Number(b);
  if (column.type === "checkbox") return Number(b) - Number(a);
  if (column.type === "select") return rank(column, a) - rank(column, b);
  return String(a).localeCompare(String(b));
}

/** Options that were taken away come after those that can be chosen. */
function rank(column: Shape, value: CellValue): number {
  return [...column.options, ...column.archived_options].findIndex((each) => each.id === value);
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
