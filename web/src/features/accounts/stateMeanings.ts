/** What the states of a connection mean for the person, where the name alone is not plain. */

import { useLingui } from "@lingui/react/macro";

import type { ConnectionState } from "@/lib/api/types";

type Meanings<Of> = Partial<Record<ConnectionState, Of>>;

/** `reason` says it of a closed account and of a proxy that is in the way; null where there is nothing to say. */
export function useStateMeaning(): (state: ConnectionState, reason: string | null) => string | null {
  const { t } = useLingui();
  const byReason: Meanings<Record<string, string>> = {
    closed: {
      banned: t`Telegram banned this account. Its owner can object in Telegram's app.`,
      deactivated: t`This account was deleted at Telegram.`,
      frozen: t`Telegram froze this account: it can read and not write. Its owner can appeal in Telegram, at @SpamBot.`,
    },
    reconnecting: {
      "proxy-unreachable": t`Your proxy does not answer, or does not reach Telegram. We keep trying.`,
      "proxy-refused-login": t`Your proxy does not take the user and password. Change them; we keep trying.`,
      "proxy-not-allowed": t`Your proxy's address is not on the public internet. Change it; we keep trying.`,
    },
  };
  const meanings: Meanings<string> = {
    reconnecting: t`Messages catch up on their own.`,
    needs_login: t`Telegram ended this session. Reconnect to go on; columns and values are kept.`,
    suspended: t`No seat pays for this account. It is disconnected until one does; its session is kept for 30 days.`,
    disconnected: t`Columns and values are kept. Connect again at any time.`,
    closed: t`Telegram closed this account. Ask Telegram about it in its app.`,
  };
  return (state, reason) => byReason[state]?.[reason ?? ""] ?? meanings[state] ?? null;
}
