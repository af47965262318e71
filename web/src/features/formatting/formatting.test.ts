import { describe, expect, it } from "vitest";
import type { MessageEntity } from "@/live/types";
import { followed, sendable, toggled, trimmed, wordAround } from "./formatting";

const mark = (type: string, offset: number, length: number, url: string | null = null): MessageEntity => ({
  type,
  offset,
  length,
  url,
});

describe("a look given to a range", () => {
  it("grows together with the same look beside it", () => {
    expect(toggled([mark("bold", 0, 3)], "bold", { from: 3, to: 6 })).toEqual([mark("bold", 0, 6)]);
  });

  it("is taken off where all of the range has it", () => {
    expect(toggled([mark("bold", 0, 9)], "bold", { from: 3, to: 6 })).toEqual([
      mark("bold", 0, 3),
      mark("bold", 6, 3),
    ]);
  });

  it("leaves other looks alone", () => {
    const both = toggled([mark("italic", 0, 4)], "bold", { from: 0, to: 4 });
    expect(both).toEqual([mark("italic", 0, 4), mark("bold", 0, 4)]);
  });

  it("puts a new link in place of the old one", () => {
    const linked = toggled(
      [mark("text_link", 0, 4, "https://a.example")],
      "text_link",
      { from: 0, to: 4 },
      "https://b.example",
    );
    expect(linked).toEqual([mark("text_link", 0, 4, "https://b.example")]);
  });
});

describe("formatting of a text that changes", () => {
  it.each([
    ["in front of it", "bold text", "a bold text", mark("bold", 2, 4)],
    ["inside it", "bold text", "boold text", mark("bold", 0, 5)],
    ["at its end", "bold", "bold!", mark("bold", 0, 4)],
    ["over its end", "bold text", "bo text", mark("bold", 0, 2)],
  ])("stays with its letters when one writes %s", (_, before, after, moved) => {
    expect(followed([mark("bold", 0, 4)], before, after)).toEqual([moved]);
  });

  it("is gone with its letters", () => {
    expect(followed([mark("bold", 2, 2)], "a bc", "a ")).toEqual([]);
  });
});

describe("what is sent", () => {
  it("has no white space at its ends, and its formatting still fits", () => {
    expect(trimmed({ text: "  hi there ", entities: [mark("bold", 0, 4), mark("code", 10, 1)] })).toEqual({
      text: "hi there",
      entities: [mark("bold", 0, 2)],
    });
  });

  it("leaves out what Telegram finds by itself", () => {
    expect(sendable([mark("url", 0, 3), mark("bold", 0, 3)])).toEqual([
      { type: "bold", offset: 0, length: 3 },
    ]);
  });
});

it("takes the word the cursor is in when nothing is selected", () => {
  expect(wordAround("one two", { from: 5, to: 5 })).toEqual({ from: 4, to: 7 });
  expect(wordAround("one two", { from: 0, to: 2 })).toEqual({ from: 0, to: 2 });
});
