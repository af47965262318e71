/** A long text with all of it, wherever only its beginning is at hand. */

import { useEffect, useEffectEvent, useState } from "react";

/** The whole text: `shown` where that is all of it, or what `whole` fetches; undefined until it is there. */
export function useWhole(whole: (() => Promise<string>) | undefined, shown: string) {
  const [fetched, setFetched] = useState<string>();
  const [problem, setProblem] = useState<unknown>();
  const isCut = whole !== undefined;
  const fetchWhole = useEffectEvent(async () => whole?.());
  // biome-ignore lint/correctness/useExhaustiveDependencies: another beginning is another text.
  useEffect(() => {
    if (!isCut) return;
    let isWanted = true;
    fetchWhole().then(
      (text) => isWanted && setFetched(text),
      (refusal: unknown) => isWanted && setProblem(refusal),
    );
    return () => {
      isWanted = false;
    };
  }, [isCut, shown]);
  return { text: isCut ? fetched : shown, problem: isCut ? problem : undefined };
}
