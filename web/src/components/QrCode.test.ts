import { describe, expect, it } from "vitest";

import { pathOf } from "./QrCode";

describe("the QR picture", () => {
  it("draws a square for each dark module, and nothing for a light one", () => {
    expect(
      pathOf([
        [true, false],
        [false, true],
      ]),
    ).toBe("M0 0h1v1h-1zM1 1h1v1h-1z");
  });
});
