/** What stands across the top of every page while it needs attention. */

import { Trans } from "@lingui/react/macro";
import { WifiOff } from "lucide-react";
import { lazy, Suspense, useEffect, useState } from "react";

import { Banner } from "@/components/Banner";
import { EndedSessionBanner } from "@/features/accounts/EndedSessionBanner";
import { NewSessionBanner } from "@/features/accounts/NewSessionBanner";
import { UnconfirmedMailBanner } from "@/features/identity/UnconfirmedMailBanner";
import { useMe } from "@/lib/session";
import { useLiveStatus } from "@/live/LiveProvider";

const PendingDocuments = lazy(() => import("@/features/legal/PendingDocuments"));

const QUIET_MS = 3000;

export function Banners() {
  const isOffline = useLastingOffline();
  const { user } = useMe();
  return (
    <>
      {isOffline && user.email_verified && (
        <Banner icon={WifiOff} tone="neutral">
          <Trans>No connection. What you see may be old; it catches up by itself.</Trans>
        </Banner>
      )}
      <Suspense>{user.legal_pending.length > 0 && <PendingDocuments names={user.legal_pending} />}</Suspense>
      <EndedSessionBanner />
      <NewSessionBanner />
      <UnconfirmedMailBanner />
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
