import { CompactSelection, type GridSelection } from "@glideapps/glide-data-grid";
import { describe, expect, it } from "vitest";
import { areasOf, followed, nothingSelected, type Places, rowIdsOf, rowNumbers } from "./selection";

const was: Places = { rowIds: ["a", "b", "c", "d"], columnIds: ["title", "stage", "seats"] };

function at(x: number, y: number, width = 1, height = 1): GridSelection {
  return { ...nothingSelected, current: { cell: [x, y], range: { x, y, width, height }, rangeStack: [] } };
}

describe("a selection", () => {
  it("stays on its row when rows move", () => {
    const now = { ...was, rowIds: ["new", "d", "a", "b", "c"] };
    expect(followed(at(1, 1), was, now).current?.cell).toEqual([1, 3]);
    expect(followed(at(1, 0, 2, 3), was, now).current?.range).toEqual({ x: 1, y: 2, width: 2, height: 3 });
  });

  it("stays on its column when columns move", () => {
    const now = { ...was, columnIds: ["title", "seats", "stage"] };
    expect(followed(at(1, 0), was, now).current?.cell).toEqual([2, 0]);
  });

  it("shrinks to the cursor when its rows are torn apart", () => {
    const now = { ...was, rowIds: ["a", "c", "b", "d"] };
    expect(followed(at(1, 0, 1, 2), was, now).current?.range).toEqual({ x: 1, y: 0, width: 1, height: 1 });
  });

  it("keeps its height when its row is gone, and ends with the last row", () => {
    expect(followed(at(1, 3), was, { ...was, rowIds: ["a", "b"] }).current?.cell).toEqual([1, 1]);
    expect(followed(at(1, 3), was, { ...was, rowIds: [] }).current).toBeUndefined();
  });

  it("leaves the row of summaries out", () => {
    expect(areasOf(at(0, 2, 1, 3), 4)).toEqual([{ x: 0, y: 2, width: 1, height: 2 }]);
    expect(areasOf(at(0, 4), 4)).toEqual([]);
  });
});

describe("selected rows", () => {
  it("are known by id and shown by number", () => {
    const numbers = rowNumbers(was.rowIds, new Set(["b", "c", "gone"]));
    expect(numbers.toArray()).toEqual([1, 2]);
    expect([...rowIdsOf(was.rowIds, CompactSelection.fromSingleSelection([2, 9]))]).toEqual(["c", "d"]);
    expect(rowNumbers(was.rowIds, new Set()).length).toBe(0);
  });
});
