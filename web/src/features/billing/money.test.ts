import { describe, expect, it } from "vitest";

import { i18n } from "@/lib/i18n";

import { money } from "./money";

describe("a sum of money", () => {
  it("is said in whole units, and in cents where there are some", () => {
    i18n.load("en", {});
    i18n.activate("en");
    expect(money(2900, "eur")).toBe("€29");
    expect(money(1234, "eur")).toBe("€12.34");
    expect(money(-550, "eur")).toBe("-€5.50");
    expect(money(500, "jpy")).toBe("¥500");
  });
});
