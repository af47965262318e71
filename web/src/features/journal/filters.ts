/** Which entries of the activity log are asked for. The filters live in the address: a link shows the same log. */

import * as z from "zod/mini";

import type { Change } from "@/lib/api/types";

/** What the API calls whoever acts when Wireroom acts by itself. */
export const OURSELVES = "wireroom";

const text = z.catch(z.optional(z.string().check(z.minLength(1), z.maxLength(64))), undefined);
const kind = z.catch(z.optional(z.string().check(z.regex(/^[a-z_]+(\.[a-z_]+)?$/))), undefined);
const day = z.catch(z.optional(z.iso.date()), undefined);

/** `kind` is one event (`member.joined`) or all of a noun (`member`); `from` and `to` are days in UTC, both included. */
export const activitySearch = z.object({ actor: text, kind, object: text, from: day, to: day });

export type ActivityFilters = z.infer<typeof activitySearch>;

/** As the API takes them: without what is not set. */
export function queryOf({ actor, kind, object, from, to }: ActivityFilters) {
  return withoutUnset({ actor, kind, target: object, from, to });
}

/** The address's part of filters, without what is not set. */
export function searchOf(filters: ActivityFilters): ActivityFilters {
  return withoutUnset(filters);
}

export function isNarrowed(filters: ActivityFilters): boolean {
  return Object.values(filters).some((value) => value !== undefined);
}

/** Whether a change that was just made belongs to the log as filtered. */
export function takes({ actor, kind, object, from, to }: ActivityFilters, change: Change): boolean {
  const madeOn = change.at.slice(0, 10);
  const noun = change.kind.split(".")[0];
  return (
    [undefined, change.actor.id ?? OURSELVES].includes(actor) &&
    [undefined, change.kind, noun].includes(kind) &&
    [undefined, change.target].includes(object) &&
    (from === undefined || from <= madeOn) &&
    (to === undefined || madeOn <= to)
  );
}

type OnlySet<T> = { [Key in keyof T]?: NonNullable<T[Key]> };

function withoutUnset<T extends object>(filters: T): OnlySet<T> {
  return Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined)) as OnlySet<T>;
}
