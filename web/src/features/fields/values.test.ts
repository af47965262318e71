import { describe, expect, it } from "vitest";
import type { Column } from "@/lib/api/types";
import { compareValues, parseValue, plainText, valueText } from "./values";

const column = (type: Column["type"]) => ({
  type,
  options: [
    { id: "o1", name: "Open", hue: "blue" as const },
    { id: "o2", name: "Won", hue: "green" as const },
  ],
  archived_options: [{ id: "o3", name: "Lead", hue: "gray" as const }],
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
  ] as const)("%s %j is refused as %s", (type, text, refusal) => {
    expect(parseValue(column(type), text, "en-US")).toEqual({ ok: false, refusal });
  });

  it.each(["en-US", "de-DE", "ru-RU", "fr-FR"])("reads back what was copied in %s", (locale) => {
    for (const [type, value] of [
      ["number", 1234.5],
      ["date", "2026-03-05"],
      ["select", "o1"],
      ["checkbox", true],
    ] as const) {
      expect(parseValue(column(type), plainText(column(type), value, locale), locale)).toEqual({
        ok: true,
        value,
      });
    }
  });
});

describe("a value", () => {
  it("is shown in the person's own way", () => {
    expect(valueText(column("number"), 1234.5, "en-US")).toBe("1,234.5");
    expect(valueText(column("date"), "2026-03-05", "en-US")).toBe("Mar 5, 2026");
    expect(valueText(column("select"), "o2", "en-US")).toBe("Won");
    expect(valueText(column("select"), "gone", "en-US")).toBe("");
    expect(valueText(column("select"), "o3", "en-US"), "an option that was taken away").toBe("Lead");
  });

  it("is ordered by its meaning", () => {
    expect([10, 9, 100].toSorted((a, b) => compareValues(column("number"), a, b))).toEqual([9, 10, 100]);
    expect(["o2", "o1"].toSorted((a, b) => compareValues(column("select"), a, b))).toEqual(["o1", "o2"]);
  });
});
