import { describe, expect, it } from "vitest";

import type { Subscription } from "@/lib/api/types";

import { matterOf } from "./matter";

const NOW = Date.parse("2026-03-10T12:00:00Z");
const nothing = { plan: null, accounts: 0, until: null };
const onTrial = (until: string) => ({
  entitlement: { plan: "pro" as const, accounts: 5, until },
  trial_ends_at: until,
});
const spent = { entitlement: nothing, trial_ends_at: "2026-03-09T12:00:00Z" };

const paid: Subscription = {
  interval: "month",
  status: "active",
  basic: 0,
  pro: 1,
  extra: 0,
  period_end: "2026-04-01T00:00:00Z",
  cancels_at: null,
  grace_ends_at: null,
  next_at: null,
  next_minor: null,
  currency: "eur",
  version: 1,
};

describe("the matter of the day", () => {
  it("is none before a trial, and none while it has more than a day", () => {
    expect(matterOf({ entitlement: nothing, trial_ends_at: null }, [], NOW)).toBeNull();
    expect(matterOf(onTrial("2026-03-12T00:00:00Z"), [], NOW)).toBeNull();
  });

  it("is the trial's last day, and then that it is over", () => {
    const at = "2026-03-11T11:00:00Z";
    expect(matterOf(onTrial(at), [], NOW)).toEqual({ kind: "trial-ends", at });
    expect(matterOf(spent, [], NOW)).toEqual({ kind: "trial-over" });
  });

  it("is none where seats are paid, whatever became of the trial", () => {
    expect(matterOf(spent, [paid], NOW)).toBeNull();
    const seat = { plan: "pro" as const, accounts: 5, until: "2026-04-01T00:00:00Z" };
    expect(matterOf({ ...spent, entitlement: seat }, [], NOW)).toBeNull();
  });

  it("is a failed payment before all else", () => {
    const failed = { ...paid, status: "past_due", grace_ends_at: "2026-03-15T00:00:00Z" };
    const cancelled = { ...paid, interval: "year" as const, cancels_at: "2026-03-11T00:00:00Z" };
    expect(matterOf(spent, [cancelled, failed], NOW)).toEqual({
      kind: "failed",
      until: "2026-03-15T00:00:00Z",
    });
  });

  it("is the nearest end of what was cancelled, in the fortnight before it", () => {
    const soon = { ...paid, cancels_at: "2026-03-20T00:00:00Z" };
    const sooner = { ...paid, interval: "year" as const, cancels_at: "2026-03-15T00:00:00Z" };
    expect(matterOf(spent, [soon, sooner], NOW)).toEqual({
      kind: "ends",
      at: "2026-03-15T00:00:00Z",
    });
    const later = { ...paid, cancels_at: "2026-04-01T00:00:00Z" };
    expect(matterOf(spent, [later], NOW)).toBeNull();
  });
});
