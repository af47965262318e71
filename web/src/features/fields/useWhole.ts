/** A long text with all of it, wherever only its beginning is at hand. */

import { useEffect, useState } from "react";

/** The whole text: at hand, or fetched where only its beginning is. */
export function useWhole(whole: (() => Promise<string>) | undefined, shown: string) {
  const [text, setText] = useState(whole ? undefined : shown);
  const [problem, setProblem] = useState<unknown>();
  useEffect(() => {
    let isWanted = true;
    whole?.().then(
      (found) => isWanted && setText(found),
      (refusal: unknown) => isWanted && setProblem(refusal),
    );
    return () => {
      isWanted = false;
    };
  }, [whole]);
  return { text, problem };
}
