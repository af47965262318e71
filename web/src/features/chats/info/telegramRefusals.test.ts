import { describe, expect, it } from "vitest";
import "@/lib/i18n";
import { ApiError } from "@/lib/api/errors";
import { refusalText } from "./telegramRefusals";

const REFUSED = { status: 409, code: "telegram-refused", title: "", detail: "Telegram's answer: X." };

describe("a refused change of a group", () => {
  it("is told in words with what to do", () => {
    const error = new ApiError({ ...REFUSED, standing: { telegram_error: "USER_PRIVACY_RESTRICTED" } });
    expect(refusalText(error)).toMatch(/only contacts add them.*invite link/);
  });

  it("is told by Telegram's own name where there are no words for it", () => {
    const error = new ApiError({ ...REFUSED, standing: { telegram_error: "SOMETHING_NEW" } });
    expect(refusalText(error)).toBe("Telegram's answer: X.");
  });

  it("that never reached Telegram is told like any other", () => {
    expect(refusalText(new ApiError({ status: 0, code: "offline", title: "", detail: "" }))).toMatch(
      /No connection/,
    );
  });
});
