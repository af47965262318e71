/** Something that must happen once when a page is shown, such as redeeming a code that works once. */

import { useEffect, useRef } from "react";

/** Runs it after the first render, however often React draws the page in development. */
export function useOnce(run: () => void): void {
  const hasRun = useRef(false);
  useEffect(() => {
    if (hasRun.current) return;
    hasRun.current = true;
    run();
  });
}
