/** What a reminder is called. */

import { useLingui } from "@lingui/react/macro";

import type { Reminder } from "@/lib/api/types";

/** What it says or, where it says nothing, what it is about. */
export function useTitle({ text, about }: Reminder): string {
  const { t } = useLingui();
  if (text !== "") return text;
  return about?.name ?? (about?.kind === "ticket" ? t`A ticket` : t`A chat`);
}
