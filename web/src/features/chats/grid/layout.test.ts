import { describe, expect, it } from "vitest";
import { type Content, plainContent } from "@/features/views/content";
import {
  arranged,
  lookOf,
  sortingOf,
  sortOf,
  withFrozenTo,
  withMoved,
  withShifted,
  withShown,
  withSummary,
  withWidth,
} from "./layout";

const columns = ["title", "account", "kind", "stage", "seats"].map((id) => ({ id }));
const shown = (content: Content) => arranged(columns, content).map(({ id }) => id);

describe("the order of columns", () => {
  it("is the workspace's until a column is moved", () => {
    expect(shown(plainContent)).toEqual(["title", "account", "kind", "stage", "seats"]);
    const moved = withMoved(columns, plainContent, "seats", "account");
    expect(shown(moved)).toEqual(["title", "seats", "account", "kind", "stage"]);
    expect(shown(withMoved(columns, moved, "seats", undefined)).at(-1)).toBe("seats");
  });

  it("puts a column that is new after those that were arranged", () => {
    const moved = withMoved(columns, plainContent, "stage", "account");
    const more = [...columns, { id: "new" }];
    expect(arranged(more, moved).at(-1)?.id).toBe("new");
  });

  it("stays when a column it names is gone, which is named no more by the next change", () => {
    const moved = withMoved(columns, plainContent, "seats", "account");
    const fewer = columns.filter(({ id }) => id !== "kind");
    expect(arranged(fewer, moved).map(({ id }) => id)).toEqual(["title", "seats", "account", "stage"]);
    const fields = withWidth(fewer, moved, "stage", 99).columns.map(({ field }) => field);
    expect(fields).toEqual(["title", "column:seats", "account", "column:stage"]);
  });

  it("keeps the name first, whatever is asked", () => {
    expect(withMoved(columns, plainContent, "title", "seats")).toBe(plainContent);
    expect(withMoved(columns, plainContent, "seats", "title")).toBe(plainContent);
    expect(withShifted(columns, plainContent, "account", -1)).toBe(plainContent);
  });

  it("steps over hidden columns", () => {
    const hidden = withShown(columns, plainContent, "kind", false);
    expect(shown(withShifted(columns, hidden, "stage", -1))).toEqual(["title", "stage", "account", "seats"]);
    expect(shown(withShifted(columns, hidden, "account", 1))).toEqual(["title", "stage", "account", "seats"]);
    expect(withShifted(columns, hidden, "seats", 1)).toBe(hidden);
  });
});

describe("hiding and freezing", () => {
  it("hides a column, shows it again where it was, and never hides the name", () => {
    const hidden = withShown(columns, plainContent, "kind", false);
    expect(shown(hidden)).not.toContain("kind");
    expect(shown(withShown(columns, hidden, "kind", true))).toEqual(shown(plainContent));
    expect(withShown(columns, plainContent, "title", false)).toBe(plainContent);
  });

  it("freezes up to a column, and takes no other in when a frozen one is hidden", () => {
    const frozen = withFrozenTo(columns, plainContent, "kind");
    expect(frozen.frozen).toBe(3);
    expect(withShown(columns, frozen, "account", false).frozen).toBe(2);
    expect(withShown(columns, frozen, "seats", false).frozen).toBe(3);
    expect(withFrozenTo(columns, frozen, "title").frozen).toBe(1);
  });
});

describe("the look of a column", () => {
  it("is kept by its field, in whole pixels that a view may have", () => {
    const wide = withWidth(columns, plainContent, "kind", 99.6);
    expect(lookOf(wide, "kind")).toEqual({ field: "kind", width: 100, is_hidden: false, summary: null });
    expect(lookOf(withWidth(columns, wide, "stage", 5_000), "stage")?.width).toBe(1_000);
    expect(lookOf(withWidth(columns, wide, "stage", 1), "stage")?.width).toBe(40);
  });

  it("changes nothing else of it, and no other's", () => {
    const summed = withSummary(columns, withShown(columns, plainContent, "kind", false), "seats", "sum");
    const content = withWidth(columns, summed, "seats", 77);
    expect(shown(content)).not.toContain("kind");
    expect(lookOf(content, "seats")).toMatchObject({ width: 77, summary: "sum" });
  });

  it("keeps the place of what stands before it, and names nothing that is as it comes", () => {
    const fields = withWidth(columns, plainContent, "kind", 99).columns.map(({ field }) => field);
    expect(fields).toEqual(["title", "account", "kind"]);
  });

  it("leaves no trace in the view when it is taken back", () => {
    expect(withSummary(columns, withSummary(columns, plainContent, "seats", "sum"), "seats", null)).toEqual(
      plainContent,
    );
  });
});

it("a sort of the table is the view's", () => {
  const sort = sortOf({ columnId: "last_message", direction: "down" });
  expect(sort).toEqual([{ field: "last_message_at", order: "down" }]);
  expect(sortingOf({ ...plainContent, sort })).toEqual({ columnId: "last_message", direction: "down" });
  expect(sortOf(undefined)).toEqual([]);
});
