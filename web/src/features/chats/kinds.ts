/** The types of chats, in words. */

import { useLingui } from "@lingui/react/macro";
import type { Chat } from "@/lib/api/types";

export function useKindNames(): Record<Chat["kind"], string> {
  const { t } = useLingui();
  return { private: t`Private`, group: t`Group`, channel: t`Channel`, bot: t`Bot` };
}
