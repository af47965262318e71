/** Extra accounts are paid for an interval's seats together, and stand on seats one by one. Pure. */

import type { Seat, Subscription } from "@/lib/api/types";

/** How many a seat can have at most: what is paid at its interval and stands on no other seat. */
export function extrasLeft(
  seat: Seat,
  seats: readonly Seat[],
  subscriptions: readonly Pick<Subscription, "interval" | "extra">[],
): number {
  const paid = subscriptions.find(({ interval }) => interval === seat.interval)?.extra ?? 0;
  const elsewhere = seats
    .filter((each) => each.id !== seat.id && each.interval === seat.interval && each.paid_by === seat.paid_by)
    .reduce((sum, each) => sum + each.extra_accounts, 0);
  return Math.max(0, paid - elsewhere);
}
