/** What a view shows, and how it stands in an address: only what differs from the saved view is written there. Pure. */

import * as v from "valibot";
import type { View } from "@/lib/api/types";
import { type Filter, takesEverything } from "./filter/model";

export const plainContent: Content = {
  layout: "table",
  filter: takesEverything,
  sort: [],
  columns: [],
  frozen: 1,
  group_by: null,
  board: { collapsed: [], hides_empty: false, sum: null, fields: [] },
};

const summary = v.picklist(["filled", "empty", "percent", "sum", "average", "least", "most"]);
const width = v.pipe(v.number(), v.integer(), v.minValue(40), v.maxValue(1_000));
const column = v.object({
  field: v.string(),
  width: v.nullable(width),
  is_hidden: v.boolean(),
  summary: v.nullable(summary),
});
const arrangement = v.object({
  columns: v.pipe(v.array(column), v.maxLength(150)),
  frozen: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(150)),
  group_by: v.nullable(v.string()),
  board: v.object({
    collapsed: v.array(v.string()),
    hides_empty: v.boolean(),
    sum: v.nullable(v.string()),
    fields: v.array(v.string()),
  }),
});
const sort = v.pipe(
  v.array(v.object({ field: v.string(), order: v.picklist(["up", "down"]) })),
  v.maxLength(3),
);

/** The part of an address that a view has. What can't be read is as if it were not there. */
export const viewSearch = {
  view: v.fallback(v.optional(v.string()), undefined),
  layout: v.fallback(v.optional(v.picklist(["table", "board"])), undefined),
  filter: v.optional(v.unknown()),
  sort: v.fallback(v.optional(sort), undefined),
  arranged: v.fallback(v.optional(arrangement), undefined),
};

const search = v.object(viewSearch);
export type ViewSearch = v.InferOutput<typeof search>;

/** What a view shows. `filter` is as it was saved or stands in the address: it may name what is gone. */
export type Content = v.InferOutput<typeof arrangement> & {
  layout: "table" | "board";
  filter: Filter;
  sort: { field: string; order: "up" | "down" }[];
};

/** What a saved view shows: the API sends all of it. */
export function savedContent(view: View | undefined): Content {
  return view ? { ...plainContent, ...(view.content as Content) } : plainContent;
}

/** The content as the API takes it. */
export function contentBody(content: Content): View["content"] {
  return content as View["content"];
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
