import { describe, expect, it } from "vitest";
import { clockTime, exactTime, listTime } from "./times";

/** Moments of the clock on the wall of wherever the test runs. */
const at = (day: number, hour = 14) => new Date(2026, 2, day, hour, 5).toISOString();
const NOW = new Date(2026, 2, 20, 18).getTime();

describe("a moment in a list", () => {
  it("is the time today, the weekday within a week, else the date, in the order of the locale", () => {
    const said = (locale: string) => [at(20), at(18), at(3)].map((each) => listTime(each, NOW, locale));
    expect(said("en-US")).toEqual(["02:05 PM", "Wed", "Mar 3"]);
    expect(said("de-DE")).toEqual(["14:05", "Mi", "3. März"]);
  });

  it("has its year where that is another one", () => {
    expect(listTime(new Date(2025, 2, 3).toISOString(), NOW, "en-US")).toBe("Mar 3, 2025");
  });

  it("is exact where the pointer rests on it", () => {
    expect(exactTime(at(3), "de-DE")).toBe("Dienstag, 3. März 2026 um 14:05:00");
    expect(clockTime(at(3), "en-GB")).toBe("14:05");
  });
});
