/** Days without a time, as people write them. */

import { useLingui } from "@lingui/react/macro";

/** A function that says `2026-12-24` in the language of the screen. */
export function useDayText(): (day: string) => string {
  const { i18n } = useLingui();
  const format = new Intl.DateTimeFormat(i18n.locale, { dateStyle: "medium", timeZone: "UTC" });
  return (day) => format.format(new Date(`${day}T00:00:00Z`));
}
