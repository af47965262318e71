/** A problem of the gateway as the error that everything else of the app knows. */

import { ApiError } from "@/lib/api/errors";
import type { LiveProblem } from "./types";

export function refusalOf({ retry_after_s, ...facts }: LiveProblem): ApiError {
  return new ApiError({ ...facts, retryAfterS: retry_after_s ?? undefined });
}
