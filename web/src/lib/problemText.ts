/** Turns a failed request into one sentence for people. */

import { t } from "@lingui/core/macro";

import { ApiError } from "./api/errors";

/** Refusals for want of a seat: their detail names the action, their title says what is missing. */
const UNPAID = new Set(["seat-needed", "trial-over", "pro-seat-needed"]);

function wait(seconds: number): string {
  return seconds < 90 ? t`${seconds} s` : t`${Math.ceil(seconds / 60)} min`;
}

/** Only where nothing else is known was it the person who tried too often. */
function tooMany({ code, detail }: ApiError, time: string): string {
  if (code === "telegram-busy") return t`Telegram asks to wait. Try again in ${time}.`;
  return detail ? t`${detail} Try again in ${time}.` : t`Too many attempts. Try again in ${time}.`;
}

/** What happened and what to do. The server's own words stand in where the app has none for a code. */
export function problemText(error: unknown): string {
  if (!(error instanceof ApiError)) return t`Something went wrong. Try again.`;
  if (error.code === "offline") return t`No connection to Wireroom. Check your network and try again.`;
  if (error.status === 429 && error.retryAfterS !== undefined) return tooMany(error, wait(error.retryAfterS));
  if (UNPAID.has(error.code)) return error.title;
  if (error.code === "telegram-away") return t`Telegram can't be reached at the moment. Try again soon.`;
  if (error.status === 503 && error.detail) return error.detail;
  if (error.status >= 500) return t`The server had a problem. Try again in a moment.`;
  return error.detail || error.title || t`Something went wrong. Try again.`;
}

/** The id that support can find the request by, when the server gave one. */
export function requestIdOf(error: unknown): string | undefined {
  return error instanceof ApiError ? error.requestId : undefined;
}
