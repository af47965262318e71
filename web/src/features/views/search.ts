/** The part of an address that a view has: apart from what is done with it, since the first page reads addresses. */

import * as v from "valibot";

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
export type Arrangement = v.InferOutput<typeof arrangement>;
