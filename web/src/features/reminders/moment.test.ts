import { describe, expect, it } from "vitest";
import { dueAt } from "./moment";

/** Of the wall clock of wherever the test runs. */
const at = (day: number, hour = 9) => new Date(2026, 10, day, hour).toISOString();
const THURSDAY = new Date(2026, 10, 26, 15);

describe("what is put off", () => {
  it("is due in an hour, tomorrow at nine, or next Monday at nine", () => {
    expect(dueAt({ preset: "in_1_h" }, THURSDAY)).toBe(at(26, 16));
    expect(dueAt({ preset: "tomorrow" }, THURSDAY)).toBe(at(27));
    expect(dueAt({ preset: "next_week" }, THURSDAY)).toBe(at(30));
  });

  it("is due a week later where today is Monday, and tomorrow where it is Sunday", () => {
    expect(dueAt({ preset: "next_week" }, new Date(2026, 10, 23, 15))).toBe(at(30));
    expect(dueAt({ preset: "next_week" }, new Date(2026, 10, 29, 15))).toBe(at(30));
  });

  it("is due when somebody said so", () => {
    expect(dueAt({ wall: "2026-11-28T12:00" }, THURSDAY)).toBe(at(28, 12));
    expect(dueAt({ at: "2026-11-28T12:00:00Z" }, THURSDAY)).toBe("2026-11-28T12:00:00Z");
  });
});
