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

/** A short name, and what it means for the person when that is not plain; `reason` says it of a closed account. */
export function useStateWords(): (state: ConnectionState, reason?: string | null) => StateWords {
  const { t } = useLingui();
  const closings: Record<string, string> = {
    banned: t`Telegram banned this account. Its owner can object in Telegram's app.`,
    deactivated: t`This account was deleted at Telegram.`,
    frozen: t`Telegram froze this account: it can read and not write. Its owner can appeal in Telegram, at @SpamBot.`,
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
      meaning: t`No seat pays for this account. It is disconnected until one does.`,
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
    const closing = state === "closed" ? closings[reason ?? ""] : undefined;
    return closing === undefined ? words[state] : { ...words[state], meaning: closing };
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
