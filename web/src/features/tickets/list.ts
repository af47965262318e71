/** Which tickets are shown, in which order, and in which lane. Pure. */

import type { Ticket } from "@/lib/api/types";
import { priorityOrder, statusOrder } from "./orders";
import { standingAt, urgency } from "./sla";
import { ME, NOBODY, type SortedBy, type TicketsWish } from "./wish";
import { isDone, type Status } from "./words";

export interface Looking {
  wish: TicketsWish;
  /** Whoever looks. */
  userId: string;
  nowMs: number;
  /** What members are called, by their ids. */
  nameOf: (userId: string) => string;
}

/** The tickets that are wanted, in the wanted order; newest first where none is. */
export function shownTickets(tickets: readonly Ticket[], looking: Looking): Ticket[] {
  const found = tickets.filter((ticket) => isWanted(ticket, looking));
  const { sort, down } = looking.wish;
  if (sort === undefined) return found.toSorted((a, b) => b.number - a.number);
  const sign = down ? -1 : 1;
  return found.toSorted((a, b) => sign * compare(a, b, sort, looking) || b.number - a.number);
}

function isWanted(ticket: Ticket, { wish, userId, nowMs }: Looking): boolean {
  const { status, priority, assignee, sla, chat, q } = wish;
  return (
    (status === undefined || (status === "unsolved" ? !isDone(ticket.status) : ticket.status === status)) &&
    (priority === undefined || ticket.priority === priority) &&
    (assignee === undefined || isAssigned(ticket, assignee, userId)) &&
    (chat === undefined || ticket.chat_ids.includes(chat)) &&
    (sla === undefined || standingAt(ticket.sla, nowMs).state === sla) &&
    says(ticket, q ?? "")
  );
}

function isAssigned({ assignee }: Ticket, wanted: string, userId: string): boolean {
  if (wanted === NOBODY) return assignee === null;
  return assignee === (wanted === ME ? userId : wanted);
}

/** Each word stands in title or description, or is the number. */
function says(ticket: Ticket, text: string): boolean {
  const words = text.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const said = `${ticket.title}\n${ticket.description}`.toLocaleLowerCase();
  return words.every((word) => said.includes(word) || word.replace(/^#/, "") === String(ticket.number));
}

function compare(a: Ticket, b: Ticket, by: SortedBy, { nameOf }: Looking): number {
  switch (by) {
    case "number":
      return a.number - b.number;
    case "title":
      return a.title.localeCompare(b.title);
    case "status":
      return statusOrder.indexOf(a.status) - statusOrder.indexOf(b.status);
    case "priority":
      return priorityOrder.indexOf(a.priority) - priorityOrder.indexOf(b.priority);
    case "assignee":
      return named(a.assignee, nameOf).localeCompare(named(b.assignee, nameOf));
    case "sla": {
      const [first, second] = [urgency(a.sla), urgency(b.sla)];
      return first[0] - second[0] || first[1] - second[1];
    }
    case "due_on":
      return (a.due_on ?? NEVER).localeCompare(b.due_on ?? NEVER);
    case "changed":
      return b.changed_at.localeCompare(a.changed_at);
  }
}

const NEVER = "9999-99-99";
/** After every name. */
const NO_NAME = "\uFFFF";

function named(userId: string | null, nameOf: Looking["nameOf"]): string {
  return userId === null ? NO_NAME : nameOf(userId);
}

/** The tickets of each status, in the order of the board. */
export function byStatus(tickets: readonly Ticket[]): Record<Status, Ticket[]> {
  const lanes = Object.fromEntries(statusOrder.map((status) => [status, [] as Ticket[]]));
  for (const ticket of tickets) lanes[ticket.status]?.push(ticket);
  return lanes as Record<Status, Ticket[]>;
}
