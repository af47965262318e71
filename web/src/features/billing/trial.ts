/** How far a trial has come. Pure. */

/** product.md section 3. */
export const TRIAL_DAYS = 3;

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

export interface TrialLeft {
  /** From 0, just begun, to 100. */
  percent: number;
  /** Whole days left, rounded up; 0 in the last day. */
  days: number;
  /** Whole hours left, rounded up. */
  hours: number;
}

/** What is left of it; null once it is over. */
export function trialLeft(endsAt: string, nowMs: number): TrialLeft | null {
  const leftMs = Date.parse(endsAt) - nowMs;
  if (leftMs <= 0) return null;
  const spent = 1 - leftMs / (TRIAL_DAYS * DAY_MS);
  return {
    percent: Math.round(100 * Math.min(1, Math.max(0, spent))),
    // A screen's clock may stand a moment before the begin.
    days: leftMs > DAY_MS ? Math.min(TRIAL_DAYS, Math.ceil(leftMs / DAY_MS)) : 0,
    hours: Math.ceil(leftMs / HOUR_MS),
  };
}
