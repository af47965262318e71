/** Which tickets the screen shows and how: it stands in the address, so that a link shows the same. */

import * as v from "valibot";
import { priorityOrder, slaOrder, statusOrder } from "./orders";

export const columns = [
  "number",
  "title",
  "status",
  "priority",
  "assignee",
  "sla",
  "due_on",
  "changed",
] as const;
export type SortedBy = (typeof columns)[number];

/** Somebody of this id, or `nobody`; `me` is whoever looks. */
export const NOBODY = "nobody";
export const ME = "me";

const wish = v.object({
  layout: v.fallback(v.optional(v.picklist(["board"])), undefined),
  q: v.fallback(v.optional(v.string()), undefined),
  status: v.fallback(v.optional(v.picklist([...statusOrder, "unsolved"])), undefined),
  priority: v.fallback(v.optional(v.picklist(priorityOrder)), undefined),
  assignee: v.fallback(v.optional(v.string()), undefined),
  sla: v.fallback(v.optional(v.picklist(slaOrder)), undefined),
  chat: v.fallback(v.optional(v.string()), undefined),
  sort: v.fallback(v.optional(v.picklist(columns)), undefined),
  down: v.fallback(v.optional(v.literal(true)), undefined),
});

export type TicketsWish = v.InferOutput<typeof wish>;

/** Reads an address; what makes no sense in it is left out. */
export function readWish(search: Record<string, unknown>): TicketsWish {
  return v.parse(wish, search);
}

/** Whether tickets are left out by it. */
export function isFiltered({ q, status, priority, assignee, sla, chat }: TicketsWish): boolean {
  return [q, status, priority, assignee, sla, chat].some((each) => each !== undefined && each !== "");
}

/** The same without what leaves tickets out. */
export function unfiltered({ layout, sort, down }: TicketsWish): TicketsWish {
  return { layout, sort, down };
}
