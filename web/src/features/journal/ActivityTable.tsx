/** The log as a table, newest entry first. */

import { Trans, useLingui } from "@lingui/react/macro";

import type { ActivityEntry } from "@/lib/api/types";

import { ActivityRow } from "./ActivityRow";
import classes from "./ActivityTable.module.css";
import type { ActivityFilters } from "./filters";
import { useEntryWords } from "./useEntryWords";

interface Props {
  entries: readonly ActivityEntry[];
  /** Ids of those that came while the log was open. */
  fresh: ReadonlySet<string>;
  /** Ids of those that are shown whole. */
  opened: ReadonlySet<string>;
  onToggle: (id: string) => void;
  onNarrow: (filters: ActivityFilters) => void;
}

export function ActivityTable({ entries, fresh, opened, onToggle, onNarrow }: Props) {
  const { t } = useLingui();
  const wordsOf = useEntryWords();
  return (
    <table className={classes.table} aria-label={t`Activity log`}>
      <thead className={classes.head}>
        <tr>
          <th aria-label={t`Details`} />
          <th>
            <Trans>When</Trans>
          </th>
          <th>
            <Trans>Who</Trans>
          </th>
          <th>
            <Trans>Did what</Trans>
          </th>
          <th>
            <Trans>To what</Trans>
          </th>
          <th>
            <Trans>Change</Trans>
          </th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <ActivityRow
            key={entry.id}
            entry={entry}
            isOpen={opened.has(entry.id)}
            isFresh={fresh.has(entry.id)}
            wordsOf={wordsOf}
            onToggle={onToggle}
            onNarrow={onNarrow}
          />
        ))}
      </tbody>
    </table>
  );
}
