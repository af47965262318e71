import { i18n } from "@lingui/core";
import { beforeAll, expect, it } from "vitest";
import { ApiError } from "./api/errors";
import { problemText } from "./problemText";

beforeAll(() => i18n.loadAndActivate({ locale: "en", messages: {} }));

const refused = (status: number, code: string, detail = "", retryAfterS?: number) =>
  problemText(new ApiError({ status, code, title: "", detail, retryAfterS }));

it.each([
  ["telegram-busy", "", "Telegram asks to wait. Try again in 15 min."],
  [
    "too-many",
    "Too many messages wait to be sent.",
    "Too many messages wait to be sent. Try again in 15 min.",
  ],
  ["too-many", "", "Too many attempts. Try again in 15 min."],
])("says who asks to wait: %s", (code, detail, words) => {
  expect(refused(429, code, detail, 900)).toBe(words);
});

it.each([
  ["telegram-away", "", "Telegram can't be reached at the moment. Try again soon."],
  ["unavailable", "This worker is restarting.", "This worker is restarting."],
  ["unavailable", "", "The server had a problem. Try again in a moment."],
])("says what is away: %s %s", (code, detail, words) => {
  expect(refused(503, code, detail)).toBe(words);
});
