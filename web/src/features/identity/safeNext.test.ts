import { describe, expect, it } from "vitest";

import { safeNext } from "./safeNext";

describe("the page after signing in", () => {
  it("is the one the person came from", () => {
    expect(safeNext("/w/WS1/inbox?filter=unread")).toBe("/w/WS1/inbox?filter=unread");
  });

  it.each([undefined, "https://evil.example/", "//evil.example/x", "/\\evil.example", "javascript:alert(1)"])(
    "is never on another origin: %s",
    (next) => {
      expect(safeNext(next)).toBe("/");
    },
  );
});
