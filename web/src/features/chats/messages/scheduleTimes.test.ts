import { describe, expect, it } from "vitest";
import { fieldValue, inAnHour, isSchedulable, tomorrowMorning } from "./scheduleTimes";

const now = new Date(2026, 2, 1, 22, 30);

describe("a time to send at", () => {
  it("is an hour from now, or nine the next morning", () => {
    expect(inAnHour(now)).toEqual(new Date(2026, 2, 1, 23, 30));
    expect(tomorrowMorning(now)).toEqual(new Date(2026, 2, 2, 9));
  });

  it.each([
    [new Date(2026, 2, 1, 22, 29), false],
    [new Date(2026, 2, 1, 22, 30, 30), false],
    [new Date(2026, 2, 1, 22, 32), true],
    [new Date(2027, 1, 20), true],
    [new Date(2027, 2, 3), false],
  ])("%s can be taken: %s", (time, can) => {
    expect(isSchedulable(time, now)).toBe(can);
  });

  it("stands in its field as the person's clock shows it", () => {
    expect(fieldValue(new Date(2026, 2, 1, 9, 5))).toBe("2026-03-01T09:05");
  });
});
