/** What stands under a column: how much of it is filled, or what its numbers come to. Pure. */

import { type CellValue, valueText } from "@/features/fields/values";
import type { Column } from "@/lib/api/types";
import type { SummaryKind } from "./layout";

const OF_ANY: readonly SummaryKind[] = ["filled", "empty", "percent"];
const OF_NUMBERS: readonly SummaryKind[] = [...OF_ANY, "sum", "average", "least", "most"];
const OF_DATES: readonly SummaryKind[] = [...OF_ANY, "least", "most"];

/** The summaries that make sense for a type of column. */
export function summariesOf(type: Column["type"]): readonly SummaryKind[] {
  if (type === "number") return OF_NUMBERS;
  return type === "date" ? OF_DATES : OF_ANY;
}

/**
 * The summary of a column's values as a text; null where there is nothing to sum up or the column is of another type
 * by now. One pass over the values.
 */
export function summarised(
  column: Column,
  kind: SummaryKind,
  values: readonly CellValue[],
  locale?: string,
): string | null {
  if (!summariesOf(column.type).includes(kind)) return null;
  const filled = values.filter(isFilled);
  switch (kind) {
    case "filled":
      return filled.length.toLocaleString(locale);
    case "empty":
      return (values.length - filled.length).toLocaleString(locale);
    case "percent":
      return values.length === 0 ? null : share(filled.length / values.length, locale);
    case "sum":
      return valueText(column, sumOf(filled), locale);
    case "average":
      return filled.length === 0 ? null : valueText(column, rounded(sumOf(filled) / filled.length), locale);
    case "least":
    case "most":
      return outermost(column, kind, filled, locale);
  }
}

/** The sum of numbers; the order does not matter down to the last bit, nor do the cents. */
export function sumOf(values: readonly CellValue[]): number {
  return rounded(values.reduce<number>((sum, value) => sum + Number(value ?? 0), 0));
}

/** A box that is not ticked holds nothing, as one that never was. */
function isFilled(value: CellValue): boolean {
  return value !== null && value !== false && value !== "";
}

function outermost(column: Column, kind: "least" | "most", values: readonly CellValue[], locale?: string) {
  const [first, ...others] = values as (number | string)[];
  if (first === undefined) return null;
  const found = others.reduce((one, other) => ((kind === "least") === other < one ? other : one), first);
  return valueText(column, found, locale);
}

/** 0.1 + 0.2 is 0.3 to people. */
function rounded(number: number): number {
  return Number(number.toPrecision(15));
}

function share(part: number, locale?: string): string {
  return new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 }).format(part);
}
