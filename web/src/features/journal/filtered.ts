/** The activity log as filtered: what is asked of the API, and what belongs to it. Apart from how addresses are read. */

import type { Change } from "@/lib/api/types";
import { type ActivityFilters, withoutUnset } from "./filters";

/** What the API calls whoever acts when Wireroom acts by itself. */
export const OURSELVES = "wireroom";

/** As the API takes them: without what is not set. */
export function queryOf({ actor, kind, object, from, to }: ActivityFilters) {
  return withoutUnset({ actor, kind, target: object, from, to });
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
