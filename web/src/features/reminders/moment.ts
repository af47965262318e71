/** When something put off is due as far as this browser knows: shown until the server has reckoned it. Pure. */

import type { ReminderWhen } from "@/lib/api/types";

const HOUR_MS = 3_600_000;
const MORNING = 9;
const MONDAY = 1;
const WEEK = 7;

/** By the browser's own wall clock; `now` where nothing is said. */
export function dueAt({ at, wall, preset }: ReminderWhen, now: Date): string {
  if (at) return at;
  if (wall) return new Date(wall).toISOString();
  if (preset === "tomorrow") return morningIn(1, now);
  if (preset === "next_week") return morningIn(WEEK - ((now.getDay() + WEEK - MONDAY) % WEEK), now);
  return new Date(now.getTime() + (preset === "in_1_h" ? HOUR_MS : 0)).toISOString();
}

function morningIn(days: number, now: Date): string {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, MORNING).toISOString();
}
