/** What is to be paid for, and what it costs. Pure. */

import type { Interval, Order, Price, Subscription } from "@/lib/api/types";

export type Kind = "basic" | "pro" | "extra";

/** As many as the API takes. */
export const MOST = 500;

const KINDS: readonly Kind[] = ["basic", "pro", "extra"];

/** What one of a kind costs an interval; undefined where it is not sold. */
export function priceOf(prices: readonly Price[], kind: Kind, interval: Interval): Price | undefined {
  return prices.find((price) => price.kind === kind && price.interval === interval);
}

/** What an order costs an interval, before tax, in the smallest unit. */
export function sumOf(order: Order, prices: readonly Price[]): number {
  return KINDS.reduce((sum, kind) => {
    const price = priceOf(prices, kind, order.interval);
    return sum + (order[kind] ?? 0) * (price?.amount_minor ?? 0);
  }, 0);
}

/** How many per cent less a year costs than twelve months, by the plan that saves least; 0 where it saves nothing. */
export function yearlySaving(prices: readonly Price[]): number {
  const savings = (["basic", "pro"] as const).flatMap((kind) => {
    const [month, year] = [priceOf(prices, kind, "month"), priceOf(prices, kind, "year")];
    if (!month || !year) return [];
    return Math.floor(100 * (1 - year.amount_minor / (12 * month.amount_minor)));
  });
  return Math.max(0, Math.min(...(savings.length > 0 ? savings : [0])));
}

/** What an interval's steppers begin with: what is paid, or one Pro seat. */
export function orderOf(interval: Interval, subscription: Subscription | undefined): Order {
  if (subscription === undefined) return { interval, basic: 0, pro: 1, extra: 0 };
  const { basic, pro, extra } = subscription;
  return { interval, basic, pro, extra };
}

export function isSame(one: Order, other: Order): boolean {
  return one.interval === other.interval && KINDS.every((kind) => (one[kind] ?? 0) === (other[kind] ?? 0));
}

/** Whether somebody could sit on it: extra accounts stand on seats. */
export function hasSeats({ basic, pro }: Order): boolean {
  return basic + pro > 0;
}

/** How many seats, or extra accounts, the API wants freed before it takes an order. */
export function toFree(standing: unknown): number {
  const isTold = typeof standing === "object" && standing !== null && "free_first" in standing;
  return isTold && typeof standing.free_first === "number" ? standing.free_first : 0;
}
