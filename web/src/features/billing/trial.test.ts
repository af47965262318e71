import { describe, expect, it } from "vitest";

import { trialLeft } from "./trial";

const ENDS = "2026-03-13T12:00:00Z";
const at = (iso: string) => trialLeft(ENDS, Date.parse(iso));

describe("a trial of three days", () => {
  it("has three days at its begin", () => {
    expect(at("2026-03-10T12:00:00Z")).toEqual({ percent: 0, days: 3, hours: 72 });
  });

  it("counts a begun day as one", () => {
    expect(at("2026-03-11T18:00:00Z")).toMatchObject({ days: 2, hours: 42 });
  });

  it("is counted in hours on its last day", () => {
    expect(at("2026-03-13T10:30:00Z")).toMatchObject({ days: 0, hours: 2 });
  });

  it("is over when it ends", () => {
    expect(at(ENDS)).toBeNull();
  });

  it("shows no more than three days where the clocks differ", () => {
    expect(at("2026-03-10T11:59:00Z")).toMatchObject({ percent: 0, days: 3 });
  });
});
