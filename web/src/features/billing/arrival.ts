/** Whether what was paid at the payment provider has come to be seats here. */

import type { Billing, Interval } from "@/lib/api/types";

export type CheckoutReturn = "done" | "left";

/** How often the plan is asked for until then: the provider tells us within a moment, the socket usually first. */
export const ASK_EVERY_MS = 2000;
/** Longer than that it takes only when something is stuck; the person is told and need not wait. */
export const PATIENCE_MS = 30_000;

export type Arrival = "waiting" | "late" | "arrived";

const PAYING = new Set(["active", "trialing"]);

/** A subscription that pays shows that the provider's word has arrived. `interval` is what was bought, where known. */
export function arrivalOf(
  billing: Pick<Billing, "subscriptions"> | undefined,
  interval: Interval | null,
  waitedMs: number,
): Arrival {
  const has = billing?.subscriptions.some(
    (each) => PAYING.has(each.status) && (interval === null || each.interval === interval),
  );
  if (has) return "arrived";
  return waitedMs >= PATIENCE_MS ? "late" : "waiting";
}

const key = (workspaceId: string) => `wireroom-buying-${workspaceId}`;

/** Note which interval this tab goes to the provider's page for. */
export function rememberBuying(workspaceId: string, interval: Interval): void {
  try {
    sessionStorage.setItem(key(workspaceId), interval);
  } catch {
    // Without storage any subscription counts as the one that was bought.
  }
}

/** The interval this tab came back from buying; null where it is not known. */
export function rememberedBuying(workspaceId: string): Interval | null {
  try {
    const kept = sessionStorage.getItem(key(workspaceId));
    return kept === "month" || kept === "year" ? kept : null;
  } catch {
    return null;
  }
}
