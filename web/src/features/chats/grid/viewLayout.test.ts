import { describe, expect, it } from "vitest";
import { plainContent } from "@/features/views/content";
import { arrangedOf, sortingOf, sortOf, withWidth } from "./viewLayout";

describe("a view's columns", () => {
  it("keep their places when one of them is made wider", () => {
    const columns = withWidth(plainContent, ["title", "unread", "S"], "unread", 123.4);
    const placed = arrangedOf({ ...plainContent, columns });
    expect(placed.map(({ id, width }) => [id, width])).toEqual([
      ["title", null],
      ["unread", 123],
      ["S", null],
    ]);
  });

  it("stay hidden and in their order when one of them is made wider", () => {
    const hidden = { field: "unread", width: null, is_hidden: true, summary: null };
    const columns = withWidth({ ...plainContent, columns: [hidden] }, ["title", "S"], "S", 5_000);
    expect(columns).toEqual([
      hidden,
      { field: "title", width: null, is_hidden: false, summary: null },
      { field: "column:S", width: 1_000, is_hidden: false, summary: null },
    ]);
  });
});

it("a sort of the table is the view's", () => {
  const sort = sortOf({ columnId: "last_message", direction: "down" });
  expect(sort).toEqual([{ field: "last_message_at", order: "down" }]);
  expect(sortingOf({ ...plainContent, sort })).toEqual({ columnId: "last_message", direction: "down" });
  expect(sortOf(undefined)).toEqual([]);
});
