/** How long a person has to wait after too many tries. */

import { ApiError } from "./api/errors";
import { secondsUntil, useNowMs } from "./clock";

/** Seconds until the refused request may be tried again, counting down; 0 when it may be tried now. */
export function useWait(error: unknown): number {
  const nowMs = useNowMs();
  const isWait = error instanceof ApiError && error.status === 429;
  return isWait && error.retryAtMs !== undefined ? secondsUntil(error.retryAtMs, nowMs) : 0;
}
