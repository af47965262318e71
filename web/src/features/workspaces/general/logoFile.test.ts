import { describe, expect, it } from "vitest";

import { unfit } from "./logoFile";

const HALF_A_MEGABYTE = 512 * 1024;

describe("a file as a logo", () => {
  it.each(["image/png", "image/jpeg", "image/webp"])("is taken as %s of up to 512 KB", (type) => {
    expect(unfit({ type, size: HALF_A_MEGABYTE })).toBeUndefined();
  });

  it.each(["image/svg+xml", "image/gif", "application/pdf", ""])("is not taken as %s", (type) => {
    expect(unfit({ type, size: 100 })).toBe("type");
  });

  it.each([0, HALF_A_MEGABYTE + 1])("is not taken with %i bytes", (size) => {
    expect(unfit({ type: "image/png", size })).toBe("size");
  });
});
