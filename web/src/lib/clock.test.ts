import { describe, expect, it } from "vitest";

import { minutesAndSeconds, secondsUntil } from "./clock";

describe("a countdown", () => {
  it("rounds up, so that it never says zero too early", () => {
    expect(secondsUntil(1_001, 0)).toBe(2);
  });

  it("stops at zero", () => {
    expect(secondsUntil(0, 5_000)).toBe(0);
  });

  it.each([
    [0, "0:00"],
    [9, "0:09"],
    [95, "1:35"],
    [600, "10:00"],
  ])("shows %i seconds as %s", (seconds, shown) => {
    expect(minutesAndSeconds(seconds)).toBe(shown);
  });
});
