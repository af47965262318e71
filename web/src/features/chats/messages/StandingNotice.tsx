/** Above the composer: what Telegram keeps from being sent here, while there is anything. */

import { lazy, Suspense } from "react";

import { ownConnection } from "@/features/accounts/accounts";
import { pauseOf, useStanding } from "@/features/accounts/standing";
import type { Account } from "@/lib/api/types";
import { useNowMs } from "@/lib/clock";

const PauseLine = lazy(() => import("./PauseLine"));

export function StandingNotice({ account, chatId }: { account: Account; chatId: string }) {
  const nowMs = useNowMs();
  const standing = useStanding(account.id, ownConnection(account)?.state === "connected");
  const pause = pauseOf(standing, chatId, nowMs);
  return <Suspense>{pause && <PauseLine account={account} pause={pause} nowMs={nowMs} />}</Suspense>;
}
