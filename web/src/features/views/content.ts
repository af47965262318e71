/** What a view shows, and how it stands in an address: only what differs from the saved view is written there. Pure. */

import type { View } from "@/lib/api/types";
import { type FieldKind, type Filter, type Kinds, takesEverything } from "./filter/model";
import type { Arrangement, ViewSearch } from "./search";

export const plainContent: Content = {
  layout: "table",
  filter: takesEverything,
  sort: [],
  columns: [],
  frozen: 1,
  group_by: null,
  board: { collapsed: [], hides_empty: false, sum: null, fields: [] },
};

/** What a view shows. `filter` is as it was saved or stands in the address: it may name what is gone. */
export type Content = Arrangement & {
  layout: "table" | "board";
  filter: Filter;
  sort: { field: string; order: "up" | "down" }[];
};

/** What a saved view shows: the API sends all of it. */
export function savedContent(view: View | undefined): Content {
  return view ? { ...plainContent, ...(view.content as Content) } : plainContent;
}

const GROUPED: readonly (FieldKind | undefined)[] = ["choice", "person", "check"];

/** The content as the API takes it: without what is of fields that are gone, or are of another kind by now. */
export function contentBody(content: Content, kinds: Kinds): View["content"] {
  const isThere = ({ field }: { field: string }) => kinds.has(field);
  const { sort, columns, group_by, board } = content;
  return {
    ...content,
    sort: sort.filter(isThere),
    columns: columns.filter(isThere),
    group_by: group_by && GROUPED.includes(kinds.get(group_by)) ? group_by : null,
    board: {
      ...board,
      sum: board.sum && kinds.get(board.sum) === "number" ? board.sum : null,
      fields: board.fields.filter((field) => kinds.has(field)),
    },
  } as View["content"];
}

/** The view of an address that stands for all rows as they come, whatever somebody's own default is. */
export const ALL = "all";

/** What is shown: the saved view with what the address changes of it. */
export function shownContent(saved: Content, { layout, filter, sort, arranged }: ViewSearch): Content {
  return {
    ...saved,
    ...(layout && { layout }),
    ...(filter !== undefined && { filter: filter as Filter }),
    ...(sort && { sort }),
    ...arranged,
  };
}

/** What has to stand in the address for this content to be shown over the saved one. */
export function changesOf(saved: Content, content: Content): Partial<Omit<ViewSearch, "view">> {
  const { layout, filter, sort, columns, frozen, group_by, board } = content;
  const { layout: _, filter: __, sort: ___, ...savedArrangement } = saved;
  const arranged = { columns, frozen, group_by, board };
  return {
    ...(layout !== saved.layout && { layout }),
    ...(!isSame(filter, saved.filter) && { filter }),
    ...(!isSame(sort, saved.sort) && { sort }),
    ...(!isSame(arranged, savedArrangement) && { arranged }),
  };
}

/** Whether two JSON values are the same, in whatever order their members stand. */
export function isSame(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    typeof each === "object" && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}
