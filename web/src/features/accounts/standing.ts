/** How an account stands with Telegram: what is paused, and until when. */

import { i18n } from "@lingui/core";
import { useQuery } from "@tanstack/react-query";

import { useLive } from "@/live/LiveProvider";
import type { Standing } from "@/live/types";

export function standingKey(accountId: string) {
  return ["standing", accountId] as const;
}

/** The standing of one of my accounts, asked for once and kept in step by the socket's events. */
export function useStanding(accountId: string, isConnected: boolean): Standing | undefined {
  const live = useLive();
  const standing = useQuery({
    queryKey: standingKey(accountId),
    queryFn: () => live.request("account.standing", { account_id: accountId }),
    enabled: isConnected,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  return standing.data;
}

export type Pause = { kind: "limited" } | { kind: "sending" | "slow_mode"; until: string };

/** What keeps messages from this chat now; the worst of it. */
export function pauseOf(standing: Standing | undefined, chatId: string, nowMs: number): Pause | null {
  if (standing === undefined) return null;
  if (standing.limited_at !== null) return { kind: "limited" };
  if (isAhead(standing.sending_until, nowMs)) return { kind: "sending", until: standing.sending_until };
  const slow = standing.chats[chatId] ?? null;
  return isAhead(slow, nowMs) ? { kind: "slow_mode", until: slow } : null;
}

export function isAhead(moment: string | null, nowMs: number): moment is string {
  return moment !== null && Date.parse(moment) > nowMs;
}

/** "14:32", with seconds for what is over within two minutes, with the day for what is not over today. */
export function untilTime(moment: string, nowMs: number): string {
  const at = new Date(moment);
  const isToday = at.toDateString() === new Date(nowMs).toDateString();
  const isSoon = at.getTime() - nowMs < 120_000;
  return new Intl.DateTimeFormat(i18n.locale, {
    ...(isToday ? {} : { dateStyle: "medium" }),
    timeStyle: isSoon ? "medium" : "short",
  }).format(at);
}
