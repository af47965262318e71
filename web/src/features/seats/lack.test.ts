import { describe, expect, it } from "vitest";

import { ApiError } from "@/lib/api/errors";

import { isTrialSpent, lackOf, lackTold } from "./lack";

const nothing = { plan: null, accounts: 0, until: null };
const basic = { plan: "basic" as const, accounts: 5, until: "2026-04-01T00:00:00Z" };
const ended = "2026-03-04T00:00:00Z";

describe("what is missing", () => {
  it("is nothing where the API lets it be done", () => {
    expect(
      lackOf("values.edit", { can: ["values.edit"], entitlement: basic, trial_ends_at: null }),
    ).toBeNull();
  });

  it("is a seat before any trial", () => {
    expect(lackOf("values.edit", { can: [], entitlement: nothing, trial_ends_at: null })).toBe("seat-needed");
  });

  it("is told as the trial's end after one", () => {
    expect(lackOf("accounts.use", { can: [], entitlement: nothing, trial_ends_at: ended })).toBe(
      "trial-over",
    );
  });

  it("is Pro where a Basic seat is paid", () => {
    expect(lackOf("tickets.create", { can: [], entitlement: basic, trial_ends_at: ended })).toBe(
      "pro-seat-needed",
    );
  });
});

describe("a refusal", () => {
  const refusal = (code: string) => new ApiError({ status: 403, code, title: "", detail: "" });

  it.each(["seat-needed", "trial-over", "pro-seat-needed"])("%s tells what is missing", (code) => {
    expect(lackTold(refusal(code))).toBe(code);
  });

  it("for another reason tells of nothing missing", () => {
    expect(lackTold(refusal("permission-missing"))).toBeNull();
    expect(lackTold(new Error("offline"))).toBeNull();
    expect(lackTold(null)).toBeNull();
  });
});

describe("a trial", () => {
  it("is spent once it has ended and nothing else pays", () => {
    expect(isTrialSpent({ entitlement: nothing, trial_ends_at: ended })).toBe(true);
  });

  it("can still begin before there was one, and is not missed by who has a seat", () => {
    expect(isTrialSpent({ entitlement: nothing, trial_ends_at: null })).toBe(false);
    expect(isTrialSpent({ entitlement: basic, trial_ends_at: ended })).toBe(false);
  });
});
