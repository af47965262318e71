import { describe, expect, it } from "vitest";

import { ApiError } from "@/lib/api/errors";

import { firstStep, isUnderWay, type Login, type LoginEvent, nextLogin } from "./loginFlow";

const problem = new ApiError({ status: 422, code: "code-wrong", title: "Wrong code", detail: "" });
const sent = { phone: "+491701234567", where: "app", length: 5, resendAtMs: 0 } as const;

function loginAfter(...events: LoginEvent[]): Login {
  return events.reduce(nextLogin, firstStep);
}

describe("signing in at Telegram", () => {
  it("shows each renewed QR code", () => {
    const login = loginAfter(
      { type: "own", isOwned: true },
      { type: "qr asked" },
      { type: "qr shown", url: "tg://1", expiresAtMs: 1 },
      { type: "qr shown", url: "tg://2", expiresAtMs: 2 },
    );
    expect(login.step).toEqual({ name: "qr", code: { url: "tg://2", expiresAtMs: 2 } });
  });

  it("is not taken back by a late QR code", () => {
    const login = loginAfter(
      { type: "qr asked" },
      { type: "password needed", hint: "ship" },
      { type: "qr shown", url: "tg://late", expiresAtMs: 1 },
    );
    expect(login.step).toEqual({ name: "password", hint: "ship" });
  });

  it("stays at the code when it was wrong, and says why", () => {
    const login = loginAfter({ type: "code sent", sent }, { type: "refused", problem });
    expect(login.step).toEqual({ name: "code", sent });
    expect(login.refusal).toBe(problem);
  });

  it("forgets a refusal when it moves on", () => {
    const login = loginAfter(
      { type: "code sent", sent },
      { type: "refused", problem },
      { type: "password needed", hint: null },
    );
    expect(login.refusal).toBeNull();
  });

  it("stays done when a failure arrives late", () => {
    const login = loginAfter({ type: "done", accountId: "A1" }, { type: "failed", problem });
    expect(login.step).toEqual({ name: "done", accountId: "A1" });
  });

  it("starts anew when ownership is taken back", () => {
    const login = loginAfter(
      { type: "own", isOwned: true },
      { type: "qr asked" },
      { type: "own", isOwned: false },
    );
    expect(login).toEqual(firstStep);
  });

  it("must be cancelled only while Telegram waits for us", () => {
    expect(isUnderWay(firstStep)).toBe(false);
    expect(isUnderWay(loginAfter({ type: "code sent", sent }))).toBe(true);
    expect(isUnderWay(loginAfter({ type: "done", accountId: "A1" }))).toBe(false);
  });
});
