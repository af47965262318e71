/** What stands across the top of every page while it needs attention. */

import { Trans } from "@lingui/react/macro";
import { WifiOff } from "lucide-react";
import { lazy, Suspense, useEffect, useState } from "react";

import { Banner } from "@/components/Banner";
import { needsAttention, useAccounts } from "@/features/accounts/accounts";
import { BillingMatter } from "@/features/billing/BillingMatter";
import { useMe } from "@/lib/session";
import { useLiveStatus } from "@/live/LiveProvider";

const AccountBanners = lazy(() => import("@/features/accounts/AccountBanners"));
const UnconfirmedMailBanner = lazy(() => import("@/features/identity/UnconfirmedMailBanner"));
const PendingDocuments = lazy(() => import("@/features/legal/PendingDocuments"));

const QUIET_MS = 3000;

export function Banners() {
  const isOffline = useLastingOffline();
  const { user } = useMe();
  const accounts = useAccounts().data?.accounts ?? [];
  return (
    <>
      {isOffline && user.email_verified && (
        <Banner icon={WifiOff} tone="neutral">
          <Trans>No connection. What you see may be old; it catches up by itself.</Trans>
        </Banner>
      )}
      <Suspense>{user.legal_pending.length > 0 && <PendingDocuments names={user.legal_pending} />}</Suspense>
      <Suspense>{accounts.some(needsAttention) && <AccountBanners />}</Suspense>
      <BillingMatter />
      <Suspense>{!user.email_verified && <UnconfirmedMailBanner />}</Suspense>
    </>
  );
}

/** True when the socket has been away for three seconds: short gaps are nobody's business. */
function useLastingOffline(): boolean {
  const isAway = useLiveStatus() !== "open";
  const [isLasting, setLasting] = useState(false);
  useEffect(() => {
    if (!isAway) {
      setLasting(false);
      return;
    }
    const timer = setTimeout(() => setLasting(true), QUIET_MS);
    return () => clearTimeout(timer);
  }, [isAway]);
  return isLasting;
}
