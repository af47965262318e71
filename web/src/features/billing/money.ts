/** Sums of money for people. The API counts in a currency's smallest unit. */

import { i18n } from "@lingui/core";

/** 2900 and "eur" become "€29"; a sum with cents shows them. */
export function money(minor: number, currency: string): string {
  const format = new Intl.NumberFormat(i18n.locale, {
    style: "currency",
    currency,
    trailingZeroDisplay: "stripIfInteger",
  });
  return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}
