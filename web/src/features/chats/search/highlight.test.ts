import { describe, expect, it } from "vitest";
import { excerpt, pieces } from "./highlight";

describe("pieces", () => {
  it("marks every place of every word, whatever its case", () => {
    expect(pieces("The Offer, an OFFER again", "offer again")).toEqual([
      { text: "The ", isHit: false },
      { text: "Offer", isHit: true },
      { text: ", an ", isHit: false },
      { text: "OFFER", isHit: true },
      { text: " ", isHit: false },
      { text: "again", isHit: true },
    ]);
  });

  it("takes signs of patterns as they are written", () => {
    expect(pieces("costs 5$ (net) [a-z]", "5$ (net) [a-z]").filter((piece) => piece.isHit)).toHaveLength(3);
    expect(pieces("abc", ".*")).toEqual([{ text: "abc", isHit: false }]);
  });

  it("marks nothing when nothing is sought", () => {
    expect(pieces("abc", "  ")).toEqual([{ text: "abc", isHit: false }]);
  });
});

describe("excerpt", () => {
  it("begins shortly before the first hit of a long text", () => {
    const text = `${"word ".repeat(60)}needle ${"word ".repeat(60)}`;
    const shown = excerpt(text, "NEEDLE");
    expect(shown).toMatch(/^…word .*needle.*…$/);
    expect(shown.length).toBeLessThan(170);
  });

  it("leaves a short text whole, on one line", () => {
    expect(excerpt("two\nlines", "lines")).toBe("two lines");
  });
});
