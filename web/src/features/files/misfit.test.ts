import { describe, expect, it } from "vitest";
import { MAX_FILE_BYTES, misfitOf } from "./misfit";

describe("a file", () => {
  it("has a byte to 50 MB", () => {
    const sizes = [0, 1, MAX_FILE_BYTES, MAX_FILE_BYTES + 1];
    expect(sizes.map((size) => misfitOf({ size }))).toEqual(["empty", null, null, "too-large"]);
  });
});
