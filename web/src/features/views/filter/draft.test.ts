import { describe, expect, it } from "vitest";
import {
  draftOf,
  filterOf,
  isDraftGroup,
  newCondition,
  newGroup,
  withAdded,
  withPart,
  withValue,
} from "./draft";
import type { FieldKind, Group } from "./model";
import { mended } from "./model";

const kinds = new Map<string, FieldKind>([
  ["title", "text"],
  ["done", "check"],
  ["unread", "number"],
]);
const nested: Group = {
  all: [
    { field: "title", is: "contains", value: "a" },
    {
      any: [
        { field: "unread", is: "gt", value: 1 },
        { field: "title", is: "empty" },
      ],
    },
  ],
};

describe("a filter that is built", () => {
  it("says the same as the one it began with", () => {
    expect(filterOf(draftOf(nested), kinds)).toEqual(nested);
  });

  it("means nothing by a condition without a value, and nothing by an empty group", () => {
    let draft = draftOf({ all: [] });
    draft = withAdded(draft, draft.id, newCondition("title", kinds));
    draft = withAdded(draft, draft.id, newGroup(true));
    expect(draft.parts).toHaveLength(2);
    expect(filterOf(draft, kinds)).toEqual({ all: [] });
  });

  it("takes a value, a check begins with one", () => {
    let draft = draftOf({ any: [] });
    const title = newCondition("title", kinds);
    draft = withAdded(withAdded(draft, draft.id, title), draft.id, newCondition("done", kinds));
    draft = withPart(draft, title.id, withValue(title, "x"));
    expect(filterOf(draft, kinds)).toEqual({
      any: [
        { field: "title", is: "contains", value: "x" },
        { field: "done", is: "is", value: true },
      ],
    });
  });

  it("loses a part wherever it stands", () => {
    const draft = draftOf(nested);
    const inner = draft.parts.find(isDraftGroup);
    const without = withPart(draft, inner?.parts[0]?.id ?? 0, undefined);
    expect(filterOf(without, kinds)).toEqual({
      all: [{ field: "title", is: "contains", value: "a" }, { any: [{ field: "title", is: "empty" }] }],
    });
  });
});

describe("a filter from elsewhere", () => {
  it("is used without the conditions whose field is gone, and says how many those are", () => {
    const raw = { any: [{ field: "gone", is: "empty" }, { all: [{ field: "title", is: "empty" }, 7] }] };
    const kept = { any: [{ all: [{ field: "title", is: "empty" }] }] };
    expect(mended(raw, kinds)).toEqual({ filter: kept, dropped: 2 });
  });

  it.each([undefined, null, 7, "x", [], { field: "gone" }])("that is none takes everything: %j", (raw) => {
    expect(mended(raw, kinds)).toEqual({ filter: { all: [] }, dropped: 1 });
  });

  it("that is one condition becomes a group of it", () => {
    const one = { field: "title", is: "empty" };
    expect(mended(one, kinds)).toEqual({ filter: { all: [one] }, dropped: 0 });
  });
});
