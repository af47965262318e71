/** Plays a file through links that end after five minutes, and notices when this browser can't show it at all. */

import { type SyntheticEvent, useRef, useState } from "react";
import { FRESH_MS } from "./useOpened";

interface Opened {
  fetchedAt: number;
  retry: () => Promise<unknown>;
}

/** `handlers` go onto the `<video>` or `<audio>`: where a link has ended they fetch another and go on at the same place. */
export function usePlayback({ fetchedAt, retry }: Opened) {
  const resumeAtS = useRef(0);
  const [isUnplayable, setUnplayable] = useState(false);
  const handlers = {
    onError: ({ currentTarget }: SyntheticEvent<HTMLMediaElement>) => {
      if (Date.now() - fetchedAt < FRESH_MS) return setUnplayable(true);
      resumeAtS.current = currentTarget.currentTime;
      void retry();
    },
    onLoadedMetadata: ({ currentTarget }: SyntheticEvent<HTMLMediaElement>) => {
      if (resumeAtS.current > 0) currentTarget.currentTime = resumeAtS.current;
      resumeAtS.current = 0;
    },
  };
  return { isUnplayable, handlers };
}
