import { describe, expect, it } from "vitest";
import { cleared, pasted } from "./batch";
import type { Sheet } from "./model";

const sheet: Sheet = {
  columns: [
    { id: "name", title: "", width: 1, edit: "none" },
    { id: "a", title: "", width: 1, edit: "typed" },
    { id: "b", title: "", width: 1, edit: "picked" },
    { id: "files", title: "", width: 1, edit: "attached" },
  ],
  frozen: 1,
  rowIds: ["r1", "r2", "r3"],
  view: () => ({ kind: "text", text: "" }),
  value: () => null,
  plain: () => "",
  hint: () => "",
  summary: () => "",
  parse: (_, text) => (text === "bad" ? { ok: false, refusal: "not-a-number" } : { ok: true, value: text }),
};

describe("pasting", () => {
  it("keeps what fits and says what does not", () => {
    const { edits, refusals } = pasted(sheet, { x: 1, y: 0, width: 1, height: 1 }, [
      ["1", "bad"],
      ["3", "4"],
    ]);
    expect(edits.map(({ rowId, columnId, value }) => [rowId, columnId, value])).toEqual([
      ["r1", "a", "1"],
      ["r2", "a", "3"],
      ["r2", "b", "4"],
    ]);
    expect(refusals).toEqual([{ rowId: "r1", columnId: "b", text: "bad", refusal: "not-a-number" }]);
  });

  it("leaves out what reaches over the edge", () => {
    expect(
      pasted(sheet, { x: 2, y: 2, width: 1, height: 1 }, [
        ["1", "2"],
        ["3", "4"],
      ]).edits,
    ).toHaveLength(1);
  });

  it("fills the whole selection with a single text", () => {
    expect(pasted(sheet, { x: 1, y: 0, width: 2, height: 3 }, [["1"]]).edits).toHaveLength(6);
  });

  it.each([0, 3])("refuses cells that are read only or take files, as column %i", (x) => {
    expect(pasted(sheet, { x, y: 0, width: 1, height: 1 }, [["x"]]).refusals).toMatchObject([
      { refusal: "read-only" },
    ]);
  });
});

describe("clearing", () => {
  it("takes no files off", () => {
    expect(cleared(sheet, [{ x: 3, y: 0, width: 1, height: 3 }])).toEqual([]);
  });

  it("skips read-only cells", () => {
    expect(cleared(sheet, [{ x: 0, y: 0, width: 2, height: 2 }])).toEqual([
      { rowId: "r1", columnId: "a", value: null },
      { rowId: "r2", columnId: "a", value: null },
    ]);
  });
});
