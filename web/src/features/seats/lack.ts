/** Why something that a role allows is refused all the same: nothing pays for it, or not enough. Pure. */

import { ApiError } from "@/lib/api/errors";
import type { Action, Workspace } from "@/lib/api/types";

/** The API's own codes. */
export type Lack = "seat-needed" | "trial-over" | "pro-seat-needed";

const LACKS: readonly string[] = ["seat-needed", "trial-over", "pro-seat-needed"] satisfies Lack[];

type Paid = Pick<Workspace, "can" | "entitlement" | "trial_ends_at">;

/** What is missing for an action that may not be done; the same answer as the API gives, without asking it. */
export function lackOf(action: Action, { can, entitlement, trial_ends_at }: Paid): Lack | null {
  if (can.includes(action)) return null;
  if (entitlement.plan !== null) return "pro-seat-needed";
  return trial_ends_at === null ? "seat-needed" : "trial-over";
}

/** What a refusal says is missing; null where it refuses for another reason. */
export function lackTold(error: unknown): Lack | null {
  return error instanceof ApiError && LACKS.includes(error.code) ? (error.code as Lack) : null;
}

/** Whether the trial has been had and nothing else pays: before it, whatever starts one may still be done. */
export function isTrialSpent({ entitlement, trial_ends_at }: Omit<Paid, "can">): boolean {
  return entitlement.plan === null && trial_ends_at !== null;
}
