/** Turns a failed request into one sentence for people. */

import { t } from "@lingui/core/macro";

import { ApiError } from "./api/errors";

function wait(seconds: number): string {
  return seconds < 90 ? t`${seconds} s` : t`${Math.ceil(seconds / 60)} min`;
}

/** What happened and what to do. The server's own words stand in where the app has none for a code. */
export function problemText(error: unknown): string {
  if (!(error instanceof ApiError)) return t`Something went wrong. Try again.`;
  if (error.code === "offline") return t`No connection to Wireroom. Check your network and try again.`;
  if (error.status === 429 && error.retryAfterS !== undefined) {
    return t`Too many attempts. Try again in ${wait(error.retryAfterS)}.`;
  }
  if (error.status >= 500) return t`The server had a problem. Try again in a moment.`;
  return error.detail || error.title || t`Something went wrong. Try again.`;
}

/** The id that support can find the request by, when the server gave one. */
export function requestIdOf(error: unknown): string | undefined {
  return error instanceof ApiError ? error.requestId : undefined;
}
