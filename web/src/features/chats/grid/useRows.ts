/** The rows that a view shows, in its order. */

import { useMemo, useState } from "react";
import type { Fields } from "@/features/views/fields";
import { conditionsOf, type Group } from "@/features/views/filter/model";
import { predicateOf, standpointHere } from "@/features/views/filter/predicate";
import { type Sort, Sorter } from "@/features/views/order";
import type { Chat } from "@/lib/api/types";
import { useMe } from "@/lib/session";

/** What happened last stands first; chats of accounts one is not connected to come after, by name. */
const USUAL: readonly Sort[] = [
  { field: "last_message_at", order: "down" },
  { field: "title", order: "up" },
];

interface RowsWish {
  filter: Group;
  sort: readonly Sort[];
  /** What else a row has to be; undefined: nothing. */
  isWanted: ((chat: Chat) => boolean) | undefined;
  nowMs: number;
}

/** Filters and sorts once for each change of what it is given (bench `filter_100k_ms`). */
export function useRows(
  chats: readonly Chat[],
  fields: Fields<Chat>,
  { filter, sort, isWanted, nowMs }: RowsWish,
): Chat[] {
  const [sorter] = useState(() => new Sorter<Chat>());
  const me = useMe().user.id;
  return useMemo(() => {
    const takes = predicateOf(filter, fields, standpointHere(me, new Date(nowMs)));
    const isTaken = isWanted ? (chat: Chat) => takes(chat) && isWanted(chat) : takes;
    return sorter.order(chats, isTaken, sort.length > 0 ? sort : USUAL, fields);
  }, [chats, fields, filter, sort, isWanted, nowMs, me, sorter]);
}

/** Whether what the filter takes changes by itself as time goes on. */
export function dependsOnTime(filter: Group): boolean {
  return conditionsOf(filter).some(
    ({ field, is }) => is === "within" || field === "waiting_hours" || field === "silent_days",
  );
}
