/** Working hours as people write them: a stretch of time for each weekday, and the check of what they wrote. Pure. */

import type { TicketSla } from "@/lib/api/types";

type Opening = NonNullable<TicketSla["working_hours"]>["openings"][number];

/** One stretch a weekday, from Monday on; both ends as `09:00`. A day without work is off. */
export interface Day {
  isOn: boolean;
  opens: string;
  closes: string;
}

export const WEEKDAYS = 7;
const OFFICE: Pick<Day, "opens" | "closes"> = { opens: "09:00", closes: "17:00" };

/** What a week looks like that nobody has written yet: Monday to Friday. */
export function usualWeek(): Day[] {
  return Array.from({ length: WEEKDAYS }, (_, day) => ({ ...OFFICE, isOn: day < 5 }));
}

/** Whether a week fits into a form with one stretch a day; others can be had by the API. */
export function isSimple(openings: readonly Opening[]): boolean {
  return new Set(openings.map(({ day }) => day)).size === openings.length;
}

export function weekOf(openings: readonly Opening[]): Day[] {
  return Array.from({ length: WEEKDAYS }, (_, day) => {
    const found = openings.find((each) => each.day === day);
    return found
      ? { isOn: true, opens: clockOf(found.opens), closes: clockOf(found.closes) }
      : { ...OFFICE, isOn: false };
  });
}

/** The openings of a week; undefined where an end does not come after its beginning, or no day is on. */
export function openingsOf(week: readonly Day[]): Opening[] | undefined {
  const openings = week.flatMap(({ isOn, opens, closes }, day) =>
    isOn ? [{ day, opens: minutesOf(opens), closes: minutesOf(closes) || MIDNIGHT }] : [],
  );
  return openings.length > 0 && openings.every(({ opens, closes }) => opens < closes) ? openings : undefined;
}

/** Midnight ends a day. */
const MIDNIGHT = 1_440;

function minutesOf(clock: string): number {
  const [hours = Number.NaN, minutes = Number.NaN] = clock.split(":").map(Number);
  return hours * 60 + minutes;
}

function clockOf(minutes: number): string {
  const ofDay = minutes % MIDNIGHT;
  return [Math.floor(ofDay / 60), ofDay % 60].map((part) => String(part).padStart(2, "0")).join(":");
}
