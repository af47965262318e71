/** The fields of chats in the words of the language. */

import { useLingui } from "@lingui/react/macro";
import { useMemo } from "react";
import type { Account, Column } from "@/lib/api/types";
import { chatFields, type FieldWords } from "./chatFields";
import type { Words } from "./systemColumns";

export function useChatFields(columns: readonly Column[], accounts: readonly Account[], words: Words) {
  const { t, i18n } = useLingui();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words change with the language alone.
  const more = useMemo(
    (): Omit<FieldWords, keyof Words> => ({
      fields: {
        mine: t`One of my accounts`,
        username: t`Username`,
        pinned: t`Pinned`,
        last_direction: t`Who wrote last`,
        waiting_hours: t`Hours they wait for us`,
        silent_days: t`Days without a message from us`,
        answered: t`Needs no answer`,
        assignee: t`Assignee`,
        priority: t`Priority`,
        first_name: t`First name`,
        last_name: t`Last name`,
        email: t`E-mail`,
        phone: t`Phone number`,
      },
      directions: { contact: t`The contact`, you: t`You`, teammate: t`A teammate` },
      priorities: { high: t`High`, medium: t`Medium`, low: t`Low` },
    }),
    [i18n.locale],
  );
  return useMemo(
    () => chatFields({ columns, accounts, words: { ...words, ...more }, nowMs: Date.now }),
    [columns, accounts, words, more],
  );
}
