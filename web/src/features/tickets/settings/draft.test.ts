import { describe, expect, it } from "vitest";
import type { TicketSla } from "@/lib/api/types";
import { draftOf, settingsOf } from "./draft";

const settings: TicketSla = {
  hours: 24,
  by_priority: { high: 4, low: null },
  working_hours: { time_zone: "Europe/Berlin", openings: [{ day: 0, opens: 540, closes: 1020 }] },
  pauses_while_pending: true,
  warn_minutes: 30,
  version: 3,
};

describe("the form of the promise", () => {
  it.each([settings, { ...settings, hours: null, by_priority: {}, working_hours: null }])(
    "says what it was given",
    (given) => {
      expect(settingsOf(draftOf(given), 3)).toEqual({ ok: true, settings: given });
    },
  );

  it("keeps hours that it can't show", () => {
    const openings = [
      { day: 0, opens: 540, closes: 720 },
      { day: 0, opens: 780, closes: 1020 },
    ];
    const split = { ...settings, working_hours: { time_zone: "Europe/Berlin", openings } };
    expect(settingsOf(draftOf(split), 3)).toEqual({ ok: true, settings: split });
  });

  it.each([
    [{ hours: "0" }, { hours: "hours" }],
    [{ hours: "8761" }, { hours: "hours" }],
    [{ hours: "1.5" }, { hours: "hours" }],
    [{ hours: "-1" }, { hours: "hours" }],
    [{ byPriority: { high: "x", medium: "", low: "" } }, { high: "hours" }],
    [{ warnMinutes: "" }, { warnMinutes: "minutes" }],
    [{ warnMinutes: "10081" }, { warnMinutes: "minutes" }],
    [{ week: [] }, { hoursOfWork: "week" }],
  ])("with %j is wrong where it is wrong", (part, wrong) => {
    expect(settingsOf({ ...draftOf(settings), ...part }, 3)).toEqual({ ok: false, wrong });
  });
});
