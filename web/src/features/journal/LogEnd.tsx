/** The foot of the log: more on its way, further to search, or the beginning of everything. */

import { Trans } from "@lingui/react/macro";
import { Button, Loader } from "@mantine/core";
import { useEffect, useRef } from "react";

import { ErrorState } from "@/components/StateBlock";
import { exactTime } from "@/lib/time";

import classes from "./LogEnd.module.css";
import type { useActivity } from "./useActivity";

/** How far above its end the next page is fetched. */
const NEAR_PX = 600;

type Log = ReturnType<typeof useActivity>;

export function LogEnd({ log, isNarrowed }: { log: Log; isNarrowed: boolean }) {
  const last = log.data?.pages.at(-1);
  if (log.isFetchNextPageError)
    return <ErrorState error={log.error} onRetry={() => void log.fetchNextPage()} />;
  if (log.isFetchingNextPage) return <Loading />;
  if (log.hasNextPage && last?.entries.length === 0) return <SearchFurther log={log} />;
  if (log.hasNextPage)
    return <Sentinel key={log.data?.pages.length} onNear={() => void log.fetchNextPage()} />;
  return (
    <p className={classes.end}>
      {isNarrowed ? <Trans>Nothing older matches.</Trans> : <Trans>The log begins here.</Trans>}
    </p>
  );
}

/** A request looks through so many entries only; where filters are rare, somebody decides how far to go back. */
export function SearchFurther({ log }: { log: Log }) {
  const until = exactTime(log.data?.pages.at(-1)?.searched_to ?? new Date().toISOString());
  if (log.isFetchingNextPage) return <Loading />;
  return (
    <div className={classes.end}>
      <Trans>Nothing more matches back to {until}.</Trans>
      <Button size="compact-sm" variant="default" onClick={() => void log.fetchNextPage()}>
        <Trans>Search further back</Trans>
      </Button>
    </div>
  );
}

function Loading() {
  return (
    <div className={classes.end} role="status">
      <Loader size={18} />
      <Trans>Loading older entries</Trans>
    </div>
  );
}

/** Fetches more when it comes near the visible part. */
function Sentinel({ onNear }: { onNear: () => void }) {
  const mark = useRef<HTMLDivElement>(null);
  const latest = useRef(onNear);
  latest.current = onNear;
  useEffect(() => {
    const node = mark.current;
    if (node === null) return;
    const observer = new IntersectionObserver(([seen]) => seen?.isIntersecting && latest.current(), {
      root: node.closest("[data-scroller]"),
      rootMargin: `${NEAR_PX}px`,
    });
    observer.observe(node);
    return () => observer.disconnect();
  }, []);
  return <div ref={mark} className={classes.sentinel} />;
}
