import { describe, expect, it } from "vitest";

import type { Reminder } from "@/lib/api/types";

import { grouped, groupOf } from "./groups";

/** Thursday, 26 November 2026, half past ten on this machine's wall clock. */
const NOW = new Date(2026, 10, 26, 10, 30);

function due(...at: [number, number, number, number?]) {
  const [year, month, day, hour = 12] = at;
  const due_at = new Date(year, month, day, hour).toISOString();
  return { due_at, rings_at: due_at, done_at: null };
}

describe("a reminder is", () => {
  it.each([
    ["overdue", due(2026, 10, 26, 10)],
    ["overdue", due(2026, 10, 1)],
    ["today", due(2026, 10, 26, 23)],
    ["tomorrow", due(2026, 10, 27, 0)],
    ["tomorrow", due(2026, 10, 27, 23)],
    ["week", due(2026, 10, 28, 0)],
    ["week", due(2026, 10, 29, 23)],
    ["later", due(2026, 10, 30, 0)],
  ] as const)("%s", (group, reminder) => {
    expect(groupOf(reminder, NOW)).toBe(group);
  });

  it("overdue once it has rung, whatever this clock says", () => {
    expect(groupOf({ ...due(2026, 10, 26, 11), rings_at: null }, NOW)).toBe("overdue");
    expect(groupOf({ ...due(2026, 10, 26, 11), rings_at: due(2026, 10, 27).due_at }, NOW)).toBe("overdue");
  });

  it("done once it is done, whenever it was due", () => {
    expect(groupOf({ ...due(2026, 10, 1), done_at: NOW.toISOString() }, NOW)).toBe("done");
  });

  it("tomorrow's or later's on a Sunday, since the week ends with it", () => {
    const sunday = new Date(2026, 10, 29, 12);
    expect(groupOf(due(2026, 10, 30), sunday)).toBe("tomorrow");
    expect(groupOf(due(2026, 11, 1), sunday)).toBe("later");
  });
});

describe("the list", () => {
  it("leaves empty groups out, and has the soonest first and what was done last first", () => {
    const made = [
      { id: "c", ...due(2026, 10, 26, 18) },
      { id: "b", ...due(2026, 10, 26, 12) },
      { id: "old", ...due(2026, 10, 1), done_at: new Date(2026, 10, 2).toISOString() },
      { id: "new", ...due(2026, 10, 1), done_at: new Date(2026, 10, 20).toISOString() },
    ] as Reminder[];
    const shown = grouped(made, NOW).map(([group, inside]) => [group, inside.map((each) => each.id)]);
    expect(shown).toEqual([
      ["today", ["b", "c"]],
      ["done", ["new", "old"]],
    ]);
  });
});
