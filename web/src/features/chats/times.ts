/** Times as lists and conversations show them: short, in the person's own zone and locale. */

const DAY_MS = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** 14:05 */
export function clockTime(date: string, locale?: string): string {
  return format({ hour: "2-digit", minute: "2-digit" }, locale).format(new Date(date));
}

/** The time today, the weekday within a week, else the date. */
export function listTime(date: string, now = Date.now(), locale?: string): string {
  const at = new Date(date);
  if (at.toDateString() === new Date(now).toDateString()) return clockTime(date, locale);
  if (now - at.getTime() < 6 * DAY_MS) return format({ weekday: "short" }, locale).format(at);
  return format({ day: "numeric", month: "short", ...yearIfOther(at, now) }, locale).format(at);
}

/** Monday 3 March, with the year when it is another one. */
export function dayName(date: string, now = Date.now()): string {
  const at = new Date(date);
  return format({ weekday: "long", day: "numeric", month: "long", ...yearIfOther(at, now) }).format(at);
}

/** Exact, for tooltips. */
export function exactTime(date: string, locale?: string): string {
  return format({ dateStyle: "full", timeStyle: "medium" }, locale).format(new Date(date));
}

function yearIfOther(at: Date, now: number): Intl.DateTimeFormatOptions {
  return at.getFullYear() === new Date(now).getFullYear() ? {} : { year: "numeric" };
}

/** Making a formatter is slow; a table asks for thousands of times. Without a locale: as the browser is set. */
function format(options: Intl.DateTimeFormatOptions, locale?: string): Intl.DateTimeFormat {
  const key = JSON.stringify([options, locale]);
  const made = formats.get(key) ?? new Intl.DateTimeFormat(locale, options);
  formats.set(key, made);
  return made;
}
