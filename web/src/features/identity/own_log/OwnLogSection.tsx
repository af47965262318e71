/** The person's own log: sign-ins, refused ones too, and changes of how they sign in. */

import { Trans } from "@lingui/react/macro";
import { Button, Group } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { History } from "lucide-react";

import { SettingsSection } from "@/components/SettingsSection";
import { EmptyState, ErrorState, LoadingRows } from "@/components/StateBlock";
import type { OwnLogEntry } from "@/lib/api/types";

import { LogRow } from "./LogRow";
import classes from "./OwnLogSection.module.css";
import { ownLogQuery } from "./ownLogQuery";

export function OwnLogSection() {
  return (
    <SettingsSection
      title={<Trans>Your log</Trans>}
      lead={<Trans>Sign-ins and changes of how you sign in. Only you see it.</Trans>}
    >
      <Log />
    </SettingsSection>
  );
}

function Log() {
  const log = useInfiniteQuery(ownLogQuery);
  if (log.isPending) return <LoadingRows rows={3} height={44} />;
  if (log.isError) return <ErrorState error={log.error} onRetry={() => void log.refetch()} />;
  return (
    <>
      <Entries entries={log.data.pages.flatMap((page) => page.entries)} />
      {log.hasNextPage && (
        <Group justify="center">
          <Button variant="default" loading={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
            <Trans>Show older</Trans>
          </Button>
        </Group>
      )}
    </>
  );
}

function Entries({ entries }: { entries: readonly OwnLogEntry[] }) {
  if (entries.length === 0) {
    return (
      <EmptyState icon={History} title={<Trans>Nothing yet</Trans>}>
        <Trans>Your next sign-in will stand here.</Trans>
      </EmptyState>
    );
  }
  return (
    <ul className={classes.list}>
      {entries.map((entry) => (
        <LogRow key={entry.id} entry={entry} />
      ))}
    </ul>
  );
}
