/** The browser tab's title. */

import { useEffect } from "react";

/** Title the page `<what> · Wireroom`, or `<what> · <where> · Wireroom`. */
export function usePageTitle(what: string, where?: string): void {
  useEffect(() => {
    document.title = [what, where, "Wireroom"].filter(Boolean).join(" · ");
  }, [what, where]);
}
