/** The orders of statuses, priorities and states of a promise. Apart from their words: the first page reads addresses. */

import type { SlaState } from "./sla";
import type { Priority, Status } from "./words";

export const statusOrder = [
  "new",
  "open",
  "pending",
  "blocked",
  "solved",
  "closed",
] as const satisfies Status[];
export const priorityOrder = ["high", "medium", "low"] as const satisfies Priority[];
export const slaOrder = [
  "breached",
  "at_risk",
  "healthy",
  "met",
  "met_late",
  "not_set",
] as const satisfies SlaState[];
