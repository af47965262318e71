/** Statuses, priorities and states of a promise in words, with their colours. */

import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { Hue, Ticket } from "@/lib/api/types";
import type { SlaState } from "./sla";

export type Status = Ticket["status"];
export type Priority = Ticket["priority"];

interface Named {
  name: MessageDescriptor;
  hue: Hue;
}

export const statuses: Readonly<Record<Status, Named>> = {
  new: { name: msg`New`, hue: "blue" },
  open: { name: msg`Open`, hue: "teal" },
  pending: { name: msg`Pending`, hue: "amber" },
  blocked: { name: msg`Blocked`, hue: "red" },
  solved: { name: msg`Solved`, hue: "green" },
  closed: { name: msg`Closed`, hue: "gray" },
};

export const priorities: Readonly<Record<Priority, Named>> = {
  high: { name: msg`High`, hue: "red" },
  medium: { name: msg`Medium`, hue: "amber" },
  low: { name: msg`Low`, hue: "gray" },
};

export const slaStates: Readonly<Record<SlaState, Named>> = {
  breached: { name: msg`Overdue`, hue: "red" },
  at_risk: { name: msg`At risk`, hue: "amber" },
  healthy: { name: msg`Healthy`, hue: "green" },
  met: { name: msg`Met`, hue: "blue" },
  met_late: { name: msg`Met late`, hue: "orange" },
  not_set: { name: msg`No SLA`, hue: "gray" },
};

/** Whether nothing is left to do. */
export function isDone(status: Status): boolean {
  return status === "solved" || status === "closed";
}
