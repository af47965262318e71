import { describe, expect, it } from "vitest";
import { isSimple, openingsOf, usualWeek, weekOf } from "./hours";

describe("working hours", () => {
  it("are those of an office where nobody has said any", () => {
    expect(openingsOf(usualWeek())).toEqual(
      [0, 1, 2, 3, 4].map((day) => ({ day, opens: 540, closes: 1020 })),
    );
  });

  it("are read as they were written", () => {
    const openings = [
      { day: 0, opens: 0, closes: 1440 },
      { day: 6, opens: 605, closes: 1439 },
    ];
    expect(openingsOf(weekOf(openings))).toEqual(openings);
  });

  it("that end before they begin, or are none, are not hours", () => {
    const week = usualWeek();
    expect(openingsOf(week.with(0, { isOn: true, opens: "10:00", closes: "09:00" }))).toBeUndefined();
    expect(openingsOf(week.with(0, { isOn: true, opens: "", closes: "09:00" }))).toBeUndefined();
    expect(openingsOf(week.map((day) => ({ ...day, isOn: false })))).toBeUndefined();
  });

  it("of two stretches a day do not fit into the form", () => {
    const opening = { day: 1, opens: 0, closes: 60 };
    expect([isSimple([opening]), isSimple([opening, { ...opening, opens: 90, closes: 120 }])]).toEqual([
      true,
      false,
    ]);
  });
});
