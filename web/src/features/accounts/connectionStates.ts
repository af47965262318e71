/** The states of a connection: their names and colours, and what can be done in them. */

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

export function useStateName(): (state: ConnectionState) => string {
  const { t } = useLingui();
  const names: Record<ConnectionState, string> = {
    connecting: t`Connecting`,
    connected: t`Connected`,
    reconnecting: t`Reconnecting`,
    needs_login: t`Session ended`,
    suspended: t`Suspended`,
    disconnected: t`Disconnected`,
    closed: t`Closed by Telegram`,
  };
  return (state) => names[state];
}

/** States from which the person can sign in at Telegram again; of a closed account, once Telegram has let it go on. */
export function canReconnect(state: ConnectionState): boolean {
  return state === "needs_login" || state === "disconnected" || state === "closed";
}

/** States in which there is something to disconnect. */
export function canDisconnect(state: ConnectionState): boolean {
  return state !== "disconnected";
}
