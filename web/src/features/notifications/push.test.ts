import { describe, expect, it } from "vitest";

import type { PushStanding } from "@/lib/api/types";
import type { PushHere } from "@/lib/push";

import { stateOf } from "./push";

const here = (more: Partial<PushHere> = {}): PushHere => ({
  isSupported: true,
  isBlocked: false,
  isSubscribed: true,
  ...more,
});
const browser = (current: boolean) => ({ id: "1", device: "", since: "2026-11-26T09:00:00Z", current });
const standing = (...browsers: PushStanding["browsers"]): PushStanding => ({ public_key: "BA", browsers });

describe("push to this browser", () => {
  it("is on where browser and API both know of it", () => {
    expect(stateOf(here(), standing(browser(true)))).toBe("on");
  });

  it("is off where either has dropped it, or only another browser of the person is told", () => {
    expect(stateOf(here({ isSubscribed: false }), standing(browser(true)))).toBe("off");
    expect(stateOf(here(), standing())).toBe("off");
    expect(stateOf(here(), standing(browser(false)))).toBe("off");
  });

  it("is blocked where the person said no to the browser, whatever stands", () => {
    expect(stateOf(here({ isBlocked: true }), standing(browser(true)))).toBe("blocked");
  });

  it("is not to be had where the browser can't", () => {
    expect(stateOf(here({ isSupported: false, isSubscribed: false }), standing())).toBe("unsupported");
  });
});
