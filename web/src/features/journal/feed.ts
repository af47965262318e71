/** The loaded pages of the log, and what came since they were loaded. Pure. */

import type { ActivityEntry, ActivityPage } from "@/lib/api/types";

/** New entries of a first page that was fetched again. `isGap`: so many that some may lie between it and what is known. */
export interface Arrivals {
  entries: ActivityEntry[];
  isGap: boolean;
}

/** What `first`, fetched just now, has that neither the loaded pages nor `waiting` have. */
export function arrivals(
  pages: readonly ActivityPage[],
  waiting: readonly ActivityEntry[],
  first: ActivityPage,
): Arrivals {
  const known = new Set([...waiting, ...pages.flatMap((page) => page.entries)].map((entry) => entry.id));
  const entries = first.entries.filter((entry) => !known.has(entry.id));
  const isGap = known.size > 0 && entries.length === first.entries.length && first.next_cursor !== null;
  return { entries, isGap: isGap && entries.length > 0 };
}

/** The pages with new entries on top, newest first: an entry that was minted earlier may come later. */
export function withArrivals(pages: ActivityPage[], entries: readonly ActivityEntry[]): ActivityPage[] {
  const [first, ...others] = pages;
  if (first === undefined || entries.length === 0) return pages;
  return [{ ...first, entries: newestFirst([...entries, ...first.entries]) }, ...others];
}

/** Ids are minted in the order of time. */
export function newestFirst(entries: readonly ActivityEntry[]): ActivityEntry[] {
  return entries.toSorted((one, other) => (one.id < other.id ? 1 : -1));
}
