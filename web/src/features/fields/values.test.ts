import { describe, expect, it } from "vitest";
import type { Column } from "@/lib/api/types";
import { sameValue } from "./sameValue";
import { type CellValue, isMissing, parseValue, plainText, valueText } from "./values";

const column = (type: Column["type"]) => ({
  type,
  options: [
    { id: "o1", name: "Open", hue: "blue" as const },
    { id: "o2", name: "Won", hue: "green" as const },
  ],
  archived_options: [{ id: "o3", name: "Lead", hue: "gray" as const }],
  people: {
    members: [
      { id: "p1", name: "Ada Byron" },
      { id: "p2", name: "Max Born" },
      { id: "p3", name: "Max Born" },
    ],
    former: "Former member",
  },
});

describe("a text read as a value", () => {
  it.each([
    ["number", "1,234.5", "en-US", 1234.5],
    ["number", "1.234,5", "de-DE", 1234.5],
    ["number", "1 234,5", "ru-RU", 1234.5],
    ["number", "1,234", "en-US", 1234],
    ["number", "1,5", "de-DE", 1.5],
    ["number", "-3", "en-US", -3],
    ["date", "2026-3-5", "en-US", "2026-03-05"],
    ["date", "5.3.2026", "de-DE", "2026-03-05"],
    ["date", "3/5/2026", "en-US", "2026-03-05"],
    ["date", "3/5/2026", "en-GB", "2026-05-03"],
    ["select", "wON", "en-US", "o2"],
    ["checkbox", "TRUE", "en-US", true],
    ["checkbox", "no", "en-US", false],
    ["text", "  hi ", "en-US", "hi"],
    ["text", " ", "en-US", null],
    ["number", "", "en-US", null],
    ["long_text", " two\nlines ", "en-US", "two\nlines"],
    ["multiselect", "won,  Open", "en-US", ["o2", "o1"]],
    ["multiselect", "Open\nOpen", "en-US", ["o1"]],
    ["multiselect", ", ", "en-US", null],
    ["person", "ada byron", "en-US", "p1"],
  ] as const)("%s %j in %s is %j", (type, text, locale, value) => {
    expect(parseValue(column(type), text, locale)).toEqual({ ok: true, value });
  });

  it.each([
    ["number", "12x", "not-a-number"],
    ["number", "1e400", "not-a-number"],
    ["date", "2026-02-30", "not-a-date"],
    ["date", "soon", "not-a-date"],
    ["select", "Lost", "no-such-option"],
    ["select", "Lead", "no-such-option"],
    ["checkbox", "maybe", "not-yes-or-no"],
    ["text", "x".repeat(1001), "too-long"],
    ["long_text", "x".repeat(20_001), "far-too-long"],
    ["multiselect", "Open, Lost", "no-such-option"],
    ["person", "Nobody", "no-such-person"],
    ["person", "Max Born", "no-such-person"],
    ["files", "2", "not-a-file"],
  ] as const)("%s %j is refused as %s", (type, text, refusal) => {
    expect(parseValue(column(type), text, "en-US")).toEqual({ ok: false, refusal });
  });

  it.each(["en-US", "de-DE", "ru-RU", "fr-FR"])("reads back what was copied in %s", (locale) => {
    for (const [type, value] of [
      ["number", 1234.5],
      ["date", "2026-03-05"],
      ["select", "o1"],
      ["checkbox", true],
      ["multiselect", ["o2", "o1"]],
      ["person", "p1"],
      ["long_text", "two\nlines"],
    ] as [Column["type"], CellValue][]) {
      expect(parseValue(column(type), plainText(column(type), value, locale), locale)).toEqual({
        ok: true,
        value,
      });
    }
  });
});

describe("a value", () => {
  it("is read by names of options and people, and a long text as one line", () => {
    expect(valueText(column("multiselect"), ["o2", "o3"], "en-US")).toBe("Won, Lead");
    expect(valueText(column("person"), "p1", "en-US")).toBe("Ada Byron");
    expect(valueText(column("person"), "gone", "en-US")).toBe("Former member");
    expect(valueText(column("long_text"), "two\n\nlines", "en-US")).toBe("two lines");
  });

  it("is read as what it is while its column becomes another type", () => {
    const conversion = { to: "text" as const, values: 1 };
    expect(valueText({ ...column("select"), conversion }, "Won", "en-US")).toBe("Won");
    expect(valueText({ ...column("text"), conversion }, "o2", "en-US")).toBe("Won");
    expect(valueText({ ...column("text"), conversion }, 1234.5, "en-US")).toBe("1,234.5");
  });

  it("is the same as another that holds the same", () => {
    expect(sameValue(["a", "b"], ["a", "b"])).toBe(true);
    expect(sameValue(["a", "b"], ["b", "a"])).toBe(false);
    expect(sameValue(["a"], null)).toBe(false);
    expect(sameValue(1, 1)).toBe(true);
  });

  it("is copied as how many files it holds", () => {
    expect(plainText(column("files"), ["f1", "f2"], "en-US")).toBe("2");
    expect(plainText(column("files"), null, "en-US")).toBe("");
  });

  it("is missing where it must be there and is not", () => {
    expect(isMissing({ required: true }, null)).toBe(true);
    expect(isMissing({ required: true }, false)).toBe(false);
    expect(isMissing({ required: false }, null)).toBe(false);
  });

  it("is shown in the person's own way", () => {
    expect(valueText(column("number"), 1234.5, "en-US")).toBe("1,234.5");
    expect(valueText(column("date"), "2026-03-05", "en-US")).toBe("Mar 5, 2026");
    expect(valueText(column("select"), "o2", "en-US")).toBe("Won");
    expect(valueText(column("select"), "gone", "en-US")).toBe("");
    expect(valueText(column("select"), "o3", "en-US"), "an option that was taken away").toBe("Lead");
  });
});
