/** Three templates to begin with, in the language of the screen. */

import { useLingui } from "@lingui/react/macro";
import { written } from "../variables";
import { type Draft, emptyDraft } from "./draft";

export function useStarters(): Draft[] {
  const { t } = useLingui();
  const somebody = written("contact.first_name", t`there`);
  return [
    {
      ...emptyDraft,
      name: t`Welcome`,
      shortcut: t`welcome`,
      text: t`Hello ${somebody}, thank you for writing to us! How can we help?`,
    },
    {
      ...emptyDraft,
      name: t`Follow-up`,
      shortcut: t`follow-up`,
      text: t`Hi ${somebody}, did you have time to look at what I sent? I am happy to answer questions.`,
    },
    {
      ...emptyDraft,
      name: t`Thank you`,
      shortcut: t`thanks`,
      text: t`Thank you, ${somebody}! If anything else comes up, just write here.`,
    },
  ];
}
