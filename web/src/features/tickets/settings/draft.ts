/** The settings of the promise as a form holds them, and the way back. Pure. */

import type { TicketSla } from "@/lib/api/types";
import { priorityOrder } from "../orders";
import type { Priority } from "../words";
import { type Day, isSimple, openingsOf, usualWeek, weekOf } from "./hours";

export interface Draft {
  hours: string;
  /** Empty for the workspace's hours, 0 for none. */
  byPriority: Record<Priority, string>;
  hasHoursOfWork: boolean;
  timeZone: string;
  week: Day[];
  /** Hours that this form can't show; they stay as they are. */
  others: TicketSla["working_hours"];
  pauses: boolean;
  warnMinutes: string;
}

export type Wrong = Partial<Record<"hours" | Priority, "hours">> & {
  warnMinutes?: "minutes";
  hoursOfWork?: "week";
};

const MAX_HOURS = 8_760;
const MAX_WARN_MINUTES = 10_080;

export function draftOf(settings: TicketSla): Draft {
  const hours = settings.working_hours;
  const fits = hours === null || isSimple(hours.openings);
  return {
    hours: textOf(settings.hours),
    byPriority: Object.fromEntries(
      priorityOrder.map((priority) => [priority, overrideOf(settings.by_priority, priority)]),
    ) as Record<Priority, string>,
    hasHoursOfWork: hours !== null,
    timeZone: hours?.time_zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    week: hours && fits ? weekOf(hours.openings) : usualWeek(),
    others: fits ? null : hours,
    pauses: settings.pauses_while_pending,
    warnMinutes: String(settings.warn_minutes),
  };
}

function overrideOf(overrides: TicketSla["by_priority"], priority: Priority): string {
  const own = (overrides as Partial<Record<string, number | null>>)[priority];
  return own === undefined ? "" : String(own ?? 0);
}

function textOf(hours: number | null): string {
  return hours === null ? "" : String(hours);
}

export type Read = { ok: true; settings: TicketSla } | { ok: false; wrong: Wrong };

/** The settings that a form says, or what is wrong in it. */
export function settingsOf(draft: Draft, version: number): Read {
  const wrong: Wrong = {};
  const hours = draft.hours.trim() === "" ? null : wholeOf(draft.hours, 1, MAX_HOURS);
  if (hours === undefined) wrong.hours = "hours";
  const byPriority: Record<string, number | null> = {};
  for (const priority of priorityOrder) {
    const text = draft.byPriority[priority].trim();
    const own = text === "" ? null : wholeOf(text, 0, MAX_HOURS);
    if (own === undefined) wrong[priority] = "hours";
    else if (own !== null) byPriority[priority] = own || null;
  }
  const warnMinutes = wholeOf(draft.warnMinutes, 1, MAX_WARN_MINUTES);
  if (warnMinutes === undefined) wrong.warnMinutes = "minutes";
  const workingHours = workingHoursOf(draft);
  if (workingHours === undefined) wrong.hoursOfWork = "week";
  if (hours === undefined || warnMinutes === undefined || workingHours === undefined || hasAny(wrong))
    return { ok: false, wrong };
  return {
    ok: true,
    settings: {
      hours,
      by_priority: byPriority,
      working_hours: workingHours,
      pauses_while_pending: draft.pauses,
      warn_minutes: warnMinutes,
      version,
    },
  };
}

function workingHoursOf(draft: Draft): TicketSla["working_hours"] | undefined {
  if (!draft.hasHoursOfWork) return null;
  if (draft.others) return { ...draft.others, time_zone: draft.timeZone };
  const openings = openingsOf(draft.week);
  return openings && { time_zone: draft.timeZone, openings };
}

function wholeOf(text: string, least: number, most: number): number | undefined {
  const number = /^\d{1,6}$/.test(text.trim()) ? Number(text) : Number.NaN;
  return number >= least && number <= most ? number : undefined;
}

function hasAny(wrong: Wrong): boolean {
  return Object.keys(wrong).length > 0;
}
