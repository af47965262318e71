/** When reminders are due, in the groups a person thinks in. */

import type { Reminder } from "@/lib/api/types";

export const GROUPS = ["overdue", "today", "tomorrow", "week", "later", "done"] as const;
export type Group = (typeof GROUPS)[number];

const DAYS_OF_WEEK = 7;

/**
 * Which group a reminder is in, by this browser's wall clock. A week ends with its Sunday.
 *
 * One that has rung is overdue, whatever this clock says: from then on it rings no more, or at another time.
 */
export function groupOf(reminder: Pick<Reminder, "due_at" | "rings_at" | "done_at">, now: Date): Group {
  if (reminder.done_at !== null) return "done";
  const due = new Date(reminder.due_at);
  if (due <= now || reminder.rings_at !== reminder.due_at) return "overdue";
  if (due < startOfDay(now, 1)) return "today";
  if (due < startOfDay(now, 2)) return "tomorrow";
  const daysPastMonday = (now.getDay() + 6) % DAYS_OF_WEEK;
  return due < startOfDay(now, DAYS_OF_WEEK - daysPastMonday) ? "week" : "later";
}

/** The groups that have something in them, in their order: soonest first, what is done latest first. */
export function grouped(reminders: readonly Reminder[], now: Date): [Group, Reminder[]][] {
  return GROUPS.map((group): [Group, Reminder[]] => {
    const inside = reminders.filter((each) => groupOf(each, now) === group);
    return [group, inside.sort(group === "done" ? latestDone : soonest)];
  }).filter(([, inside]) => inside.length > 0);
}

function soonest(one: Reminder, other: Reminder): number {
  return Date.parse(one.due_at) - Date.parse(other.due_at);
}

function latestDone(one: Reminder, other: Reminder): number {
  return Date.parse(other.done_at ?? "") - Date.parse(one.done_at ?? "");
}

/** Midnight so many days after a moment's own: by the calendar, since a day may have 23 or 25 hours. */
function startOfDay(at: Date, daysLater: number): Date {
  return new Date(at.getFullYear(), at.getMonth(), at.getDate() + daysLater);
}
