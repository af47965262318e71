/** Spans of days that are named from today: last week, the next 30 days. Days are texts like 2026-11-26. Pure. */

const MAX_SPAN_DAYS = 3_650;
const DAY_MS = 86_400_000;

export const namedSpans = [
  "today",
  "yesterday",
  "tomorrow",
  "this_week",
  "last_week",
  "next_week",
  "this_month",
  "last_month",
  "next_month",
] as const;

export type NamedSpan = (typeof namedSpans)[number];

const DAYS_AWAY: Readonly<Record<string, number>> = { yesterday: -1, today: 0, tomorrow: 1 };
const WEEKS_AWAY: Readonly<Record<string, number>> = { last_week: -1, this_week: 0, next_week: 1 };
const MONTHS_AWAY: Readonly<Record<string, number>> = { last_month: -1, this_month: 0, next_month: 1 };

/** A counted span: `last_7_days` ends with today, `next_7_days` begins with it. */
export interface CountedSpan {
  which: "last" | "next";
  days: number;
}

export function countedSpan(name: string): CountedSpan | undefined {
  const found = /^(last|next)_([1-9]\d{0,3})_days$/.exec(name);
  const days = Number(found?.[2]);
  return found && days <= MAX_SPAN_DAYS ? { which: found[1] as "last" | "next", days } : undefined;
}

export function isNamedSpan(name: string): name is NamedSpan {
  return (namedSpans as readonly string[]).includes(name);
}

export function isSpan(name: string): boolean {
  return isNamedSpan(name) || countedSpan(name) !== undefined;
}

/** The first day of a span and the one after its last. Weeks begin on Monday. Source: ISO 8601. */
export function spanOf(name: string, today: string): [string, string] {
  const counted = countedSpan(name);
  if (counted?.which === "last") return [plusDays(today, 1 - counted.days), plusDays(today, 1)];
  if (counted) return [today, plusDays(today, counted.days)];
  const days = DAYS_AWAY[name];
  if (days !== undefined) return [plusDays(today, days), plusDays(today, days + 1)];
  const weeks = WEEKS_AWAY[name];
  if (weeks === undefined)
    return [month(today, MONTHS_AWAY[name] ?? 0), month(today, (MONTHS_AWAY[name] ?? 0) + 1)];
  const monday = plusDays(today, weeks * 7 - weekday(today));
  return [monday, plusDays(monday, 7)];
}

export function plusDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** 0 for Monday. */
function weekday(day: string): number {
  return (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
}

function month(day: string, away: number): string {
  return new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1 + away, 1))
    .toISOString()
    .slice(0, 10);
}
