import { describe, expect, it } from "vitest";
import type { Ticket } from "@/lib/api/types";
import { isClose, span, standingAt, urgency } from "./sla";

type Sla = Ticket["sla"];

const at = (minutes: number) => new Date(Date.UTC(2026, 0, 1, 12, minutes)).toISOString();
const ms = (minutes: number) => Date.parse(at(minutes));
const running: Sla = {
  state: "healthy",
  hours: 4,
  due_at: at(240),
  warns_at: at(210),
  left_s: null,
  done_at: null,
};
const paused: Sla = { ...running, due_at: null, warns_at: null, left_s: 600, state: "at_risk" };

describe("the state of a promise", () => {
  it.each([
    ["not_set", { ...running, hours: null, due_at: null, warns_at: null }, 0],
    ["healthy", running, 209],
    ["at_risk", running, 210],
    ["at_risk", running, 240],
    ["breached", running, 241],
    ["met", { ...running, done_at: at(240) }, 999],
    ["met_late", { ...running, done_at: at(241) }, 999],
    ["at_risk", paused, 999],
  ] as [string, Sla, number][])("is %s", (state, sla, minutes) => {
    expect(standingAt(sla, ms(minutes)).state).toBe(state);
  });

  it("stands still while the clock does", () => {
    expect(standingAt(paused, ms(999))).toEqual({ state: "at_risk", leftMs: 600_000, isPaused: true });
  });
});

describe("how long is left", () => {
  it.each([
    [
      12_000_000,
      [
        ["hour", 3],
        ["minute", 20],
      ],
    ],
    [10_800_000, [["hour", 3]]],
    [
      187_200_000,
      [
        ["day", 2],
        ["hour", 4],
      ],
    ],
    [1_500_000, [["minute", 25]]],
    [
      -250_000,
      [
        ["minute", 4],
        ["second", 10],
      ],
    ],
    [9_000, [["second", 9]]],
    [0, [["second", 0]]],
  ] as [number, [string, number][]][])("of %i ms is said in two units at most", (left, units) => {
    expect(span(left).map(({ unit, count }) => [unit, count])).toEqual(units);
  });

  it("is told by the second near the end alone", () => {
    expect(isClose(running, ms(236))).toBe(true);
    expect(isClose(running, ms(234))).toBe(false);
    expect(isClose(paused, ms(236))).toBe(false);
  });
});

it("what falls due first is most urgent, what is done least", () => {
  const done: Sla = { ...running, done_at: at(1) };
  const later: Sla = { ...running, due_at: at(300) };
  const unset: Sla = { ...running, hours: null, due_at: null };
  const sorted = [done, unset, paused, later, running].toSorted((a, b) => {
    const [first, second] = [urgency(a), urgency(b)];
    return first[0] - second[0] || first[1] - second[1];
  });
  expect(sorted).toEqual([running, later, paused, unset, done]);
});
