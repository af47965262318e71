/** The types a field of tickets can have, in the language of the screen. */

import { useLingui } from "@lingui/react/macro";
import type { TicketField } from "@/lib/api/types";

export function useTypeNames(): Partial<Record<TicketField["type"], string>> {
  const { t } = useLingui();
  return {
    text: t`Text`,
    number: t`Number`,
    date: t`Date`,
    select: t`Select`,
    checkbox: t`Checkbox`,
  };
}
