/** The states of a connection, in words and colours. */

import { useLingui } from "@lingui/react/macro";

import type { ConnectionState } from "@/lib/api/types";

export type Tone = "success" | "warning" | "danger" | "muted";

const TONES: Record<ConnectionState, Tone> = {
  connecting: "warning",
  connected: "success",
  reconnecting: "warning",
  needs_login: "danger",
  suspended: "warning",
  disconnected: "muted",
  closed: "danger",
};

export function toneOf(state: ConnectionState): Tone {
  return TONES[state];
}

export interface StateWords {
  name: string;
  meaning: string | null;
}

/**
 * A short name, and what it means for the person when that is not plain; `reason` says it of a closed account and of a
 * proxy that is in the way.
 */
export function useStateWords(): (state: ConnectionState, reason?: string | null) => StateWords {
  const { t } = useLingui();
  const reasons: Partial<Record<ConnectionState, Record<string, string>>> = {
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
  const words: Record<ConnectionState, StateWords> = {
    connecting: { name: t`Connecting`, meaning: null },
    connected: { name: t`Connected`, meaning: null },
    reconnecting: { name: t`Reconnecting`, meaning: t`Messages catch up on their own.` },
    needs_login: {
      name: t`Session ended`,
      meaning: t`Telegram ended this session. Reconnect to go on; columns and values are kept.`,
    },
    suspended: {
      name: t`Suspended`,
      meaning: t`No seat pays for this account. It is disconnected until one does; its session is kept for 30 days.`,
    },
    disconnected: {
      name: t`Disconnected`,
      meaning: t`Columns and values are kept. Connect again at any time.`,
    },
    closed: {
      name: t`Closed by Telegram`,
      meaning: t`Telegram closed this account. Ask Telegram about it in its app.`,
    },
  };
  return (state, reason) => {
    const meaning = reasons[state]?.[reason ?? ""];
    return meaning === undefined ? words[state] : { ...words[state], meaning };
  };
}

/** States from which the person can sign in at Telegram again; of a closed account, once Telegram has let it go on. */
export function canReconnect(state: ConnectionState): boolean {
  return state === "needs_login" || state === "disconnected" || state === "closed";
}

/** States in which there is something to disconnect. */
export function canDisconnect(state: ConnectionState): boolean {
  return state !== "disconnected";
}
