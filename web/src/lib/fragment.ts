/** Secrets in links travel behind the `#`: no server and no log sees them. */

import { useEffect, useState } from "react";

/** The fragment this page was opened with, taken out of the address bar at once; null when there is none. */
export function useFragmentToken(): string | null {
  const [token] = useState(() => window.location.hash.slice(1) || null);
  useEffect(() => {
    if (token === null) return;
    window.history.replaceState(window.history.state, "", window.location.pathname);
  }, [token]);
  return token;
}
