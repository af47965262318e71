import { expect, it } from "vitest";

import { cellsOf, placeOf } from "./mended";

it("sends what was typed in the place of cells, and nothing for one that was emptied again", () => {
  const typed = new Map([
    [placeOf({ line: 3, column: 0 }), "@ada"],
    [placeOf({ line: 9, column: 2 }), " "],
  ]);
  expect(cellsOf(typed)).toEqual([{ line: 3, column: 0, text: "@ada" }]);
});
