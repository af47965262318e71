import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { type Content, changesOf, contentBody, isSame, plainContent, shownContent } from "./content";
import { type ViewSearch, viewSearch } from "./search";

const search = v.object(viewSearch);
const saved: Content = {
  ...plainContent,
  filter: { all: [{ field: "title", is: "contains", value: "a" }] },
  sort: [{ field: "unread", order: "down" }],
};

/** The address as the router writes and reads it. */
function throughAddress(changes: object): ViewSearch {
  return v.parse(search, JSON.parse(JSON.stringify(changes)));
}

describe("a view in the address", () => {
  it("stands there only with what differs from the saved one", () => {
    expect(changesOf(saved, saved)).toEqual({});
    expect(changesOf(saved, { ...saved, sort: [] })).toEqual({ sort: [] });
  });

  it.each<Partial<Content>>([
    { filter: { any: [{ field: "title", is: "empty" }] } },
    { layout: "board", group_by: "column:x" },
    { columns: [{ field: "title", width: 200, is_hidden: false, summary: null }], frozen: 2 },
    { sort: [] },
  ])("pasted elsewhere shows the same: %j", (part) => {
    const content = { ...saved, ...part };
    expect(shownContent(saved, throughAddress(changesOf(saved, content)))).toEqual(content);
  });

  it.each([{ sort: "title" }, { arranged: { columns: 7 } }, { layout: "pie" }, { view: 7 }])(
    "that makes no sense is as if it were not there: %j",
    (odd) => expect(shownContent(saved, v.parse(search, odd))).toEqual(saved),
  );

  it("is the same in whatever order its members stand", () => {
    expect(isSame({ a: 1, b: [{ c: 1, d: 2 }] }, { b: [{ d: 2, c: 1 }], a: 1 })).toBe(true);
    expect(isSame([1, 2], [2, 1])).toBe(false);
  });
});

it("what is of a field that is gone, or is of another kind by now, is not saved", () => {
  const column = (field: string) => ({ field, width: 99, is_hidden: false, summary: null });
  const content: Content = {
    ...plainContent,
    sort: [{ field: "column:gone", order: "up" }],
    columns: [column("title"), column("column:gone")],
    group_by: "title",
    board: { ...plainContent.board, sum: "title", fields: ["column:gone", "title"] },
  };
  expect(contentBody(content, new Map([["title", "text"]]))).toEqual({
    ...plainContent,
    columns: [column("title")],
    board: { ...plainContent.board, fields: ["title"] },
  });
  const kinds = new Map([
    ["column:size", "number" as const],
    ["column:stage", "choice" as const],
  ]);
  const board = { ...plainContent.board, sum: "column:size" };
  const standing = { ...plainContent, group_by: "column:stage", board };
  expect(contentBody(standing, kinds)).toEqual(standing);
});
