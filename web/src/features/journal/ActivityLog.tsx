/** The log under one set of filters, in each of its states. Other filters need another one: give it a key. */

import { Trans } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { FilterX, History } from "lucide-react";
import { useCallback, useRef, useState } from "react";

import { EmptyState, ErrorState, LoadingRows } from "@/components/StateBlock";

import classes from "./ActivityLog.module.css";
import { ActivityTable } from "./ActivityTable";
import { isNarrowed } from "./filtered";
import type { ActivityFilters } from "./filters";
import { LogEnd, SearchFurther } from "./LogEnd";
import { NewEntriesChip } from "./NewEntriesChip";
import { useActivity } from "./useActivity";

interface Props {
  filters: ActivityFilters;
  onFilter: (filters: ActivityFilters) => void;
}

export function ActivityLog({ filters, onFilter }: Props) {
  const scroller = useRef<HTMLElement>(null);
  const log = useActivity(
    filters,
    useCallback(() => isBeingRead(scroller.current), []),
  );
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const toggle = useCallback((id: string) => setOpened((was) => toggled(was, id)), []);
  const narrow = useCallback(
    (part: ActivityFilters) => onFilter({ ...filters, ...part }),
    [filters, onFilter],
  );
  const showNew = () => {
    log.show();
    scroller.current?.scrollTo({ top: 0 });
    scroller.current?.focus();
  };
  if (log.entries.length === 0) {
    return (
      <div className={classes.state}>
        <NoEntries log={log} isNarrowed={isNarrowed(filters)} onClear={() => onFilter({})} />
      </div>
    );
  }
  return (
    <section className={classes.scroller} ref={scroller} tabIndex={-1} data-scroller>
      <NewEntriesChip count={log.waiting.length} onShow={showNew} />
      <ActivityTable
        entries={log.entries}
        fresh={log.fresh}
        opened={opened}
        onToggle={toggle}
        onNarrow={narrow}
      />
      <LogEnd log={log} isNarrowed={isNarrowed(filters)} />
    </section>
  );
}

interface NoEntriesProps {
  log: ReturnType<typeof useActivity>;
  isNarrowed: boolean;
  onClear: () => void;
}

/** A rare kind may have nothing among the entries one request looks through, and still be there further back. */
function NoEntries({ log, isNarrowed, onClear }: NoEntriesProps) {
  if (log.isPending) return <LoadingRows rows={12} height={28} gap={12} />;
  if (log.data === undefined) return <ErrorState error={log.error} onRetry={() => void log.refetch()} />;
  if (log.hasNextPage) return <SearchFurther log={log} />;
  if (!isNarrowed) {
    return (
      <EmptyState icon={History} title={<Trans>Nothing has happened yet</Trans>}>
        <Trans>Whatever people here change is listed on this page, as it happens.</Trans>
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={FilterX}
      title={<Trans>No entry matches</Trans>}
      action={
        <Button variant="default" onClick={onClear}>
          <Trans>Clear filters</Trans>
        </Button>
      }
    >
      <Trans>Nothing in the log fits all of the filters.</Trans>
    </EmptyState>
  );
}

/** Scrolled down, under the pointer, or with the focus in it: then nothing may move. */
function isBeingRead(list: HTMLElement | null): boolean {
  if (list === null) return false;
  return list.scrollTop > 0 || list.matches(":hover") || list.querySelector(":focus") !== null;
}

function toggled(set: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(id)) next.add(id);
  return next;
}
