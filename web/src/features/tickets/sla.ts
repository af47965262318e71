/** How a ticket stands towards its promise at a moment, and how long is left. Pure; the same rules as the API's. */

import type { Ticket } from "@/lib/api/types";

type Sla = Ticket["sla"];
export type SlaState = Sla["state"];

export interface Standing {
  state: SlaState;
  /** Milliseconds left, below zero where it is overdue; null where no time runs. */
  leftMs: number | null;
  /** The clock stands still: what is left does not become less. */
  isPaused: boolean;
}

export function standingAt(sla: Sla, nowMs: number): Standing {
  if (sla.hours === null) return { state: "not_set", leftMs: null, isPaused: false };
  if (sla.due_at === null) return { state: sla.state, leftMs: (sla.left_s ?? 0) * 1000, isPaused: true };
  const dueMs = Date.parse(sla.due_at);
  if (sla.done_at !== null) {
    const state = Date.parse(sla.done_at) <= dueMs ? "met" : "met_late";
    return { state, leftMs: null, isPaused: false };
  }
  const leftMs = dueMs - nowMs;
  const isAtRisk = nowMs >= Date.parse(sla.warns_at ?? sla.due_at);
  return { state: leftMs < 0 ? "breached" : isAtRisk ? "at_risk" : "healthy", leftMs, isPaused: false };
}

/** Whether seconds matter: less than five minutes are left, or just went by. */
export function isClose(sla: Sla, nowMs: number): boolean {
  const { leftMs, isPaused } = standingAt(sla, nowMs);
  return leftMs !== null && !isPaused && Math.abs(leftMs) < CLOSE_MS;
}

const CLOSE_MS = 5 * 60_000;

/** The two largest units of a time: 3 h 20 min, 2 d 4 h, 4 min 10 s. */
export function span(ms: number): { unit: "day" | "hour" | "minute" | "second"; count: number }[] {
  const seconds = Math.floor(Math.abs(ms) / 1000);
  const units = [
    { unit: "day" as const, count: Math.floor(seconds / 86_400) },
    { unit: "hour" as const, count: Math.floor(seconds / 3_600) % 24 },
    { unit: "minute" as const, count: Math.floor(seconds / 60) % 60 },
    { unit: "second" as const, count: seconds % 60 },
  ];
  const first = units.findIndex(({ count }) => count > 0);
  if (first < 0) return [{ unit: "second", count: 0 }];
  // Seconds are said only where they matter.
  const shown = units
    .slice(first, first + 2)
    .filter(({ unit }) => unit !== "second" || Math.abs(ms) < CLOSE_MS);
  return shown.filter(({ count }, index) => index === 0 || count > 0);
}

/** What is late or falls due first; then what waits, what nothing was promised of, and what is done. */
export function urgency(sla: Sla): [group: number, within: number] {
  if (sla.done_at !== null) return [4, 0];
  if (sla.hours === null) return [3, 0];
  if (sla.due_at === null) return [2, sla.left_s ?? 0];
  return [1, Date.parse(sla.due_at)];
}
