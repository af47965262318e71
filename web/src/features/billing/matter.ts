/** The one thing about money that an Owner should see on every page, if there is any. Pure. */

import type { Subscription, Workspace } from "@/lib/api/types";

export type Matter =
  | { kind: "failed"; until: string }
  | { kind: "trial-over" }
  | { kind: "trial-ends"; at: string }
  | { kind: "ends"; at: string };

const DAY_MS = 86_400_000;
/** A subscription that was cancelled long before its end is nobody's business until then. */
const ENDS_SOON_MS = 14 * DAY_MS;

/** What is most urgent: money that did not come, then what has ended, then what is about to. */
export function matterOf(
  workspace: Pick<Workspace, "entitlement" | "trial_ends_at">,
  subscriptions: readonly Subscription[],
  nowMs: number,
): Matter | null {
  const failed = subscriptions.find((each) => each.grace_ends_at !== null);
  if (failed?.grace_ends_at) return { kind: "failed", until: failed.grace_ends_at };
  if (subscriptions.length === 0) return trialMatter(workspace, nowMs);
  return endMatter(subscriptions, nowMs);
}

function trialMatter(
  { entitlement, trial_ends_at }: Pick<Workspace, "entitlement" | "trial_ends_at">,
  nowMs: number,
) {
  if (trial_ends_at === null) return null;
  const leftMs = Date.parse(trial_ends_at) - nowMs;
  if (leftMs > DAY_MS) return null;
  if (leftMs > 0) return { kind: "trial-ends", at: trial_ends_at } as const;
  // A seat that something else than Stripe pays goes on.
  return entitlement.until !== null && Date.parse(entitlement.until) > nowMs
    ? null
    : ({ kind: "trial-over" } as const);
}

function endMatter(subscriptions: readonly Subscription[], nowMs: number): Matter | null {
  const ends = subscriptions.flatMap(({ cancels_at }) => cancels_at ?? []).toSorted();
  const at = ends[0];
  return at !== undefined && Date.parse(at) - nowMs < ENDS_SOON_MS ? { kind: "ends", at } : null;
}
