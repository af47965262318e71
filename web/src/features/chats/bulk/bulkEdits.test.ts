import { expect, it } from "vitest";
import { columnIdOf } from "@/features/fields/cardFields";
import type { BulkEdit } from "@/lib/api/types";
import { fieldOf, together } from "./bulkEdits";

it("calls a chat's own field by its name, and a column by its id", () => {
  expect(fieldOf(columnIdOf("assignee"))).toBe("assignee");
  expect(fieldOf("01M8B0NTH0D4NE7H1KFXAFXB54")).toBe("column:01M8B0NTH0D4NE7H1KFXAFXB54");
});

it("counts several edits as one", () => {
  const edit = (changed: number, restored: number) => ({ changed, restored }) as BulkEdit;
  expect(together([edit(3, 1), edit(4, 0)])).toEqual({ changed: 7, restored: 1 });
});
