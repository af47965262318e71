/** All of one entry: field by field, from where, and filters that lead on from it. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Code, Group, Table, Text } from "@mantine/core";
import { Filter } from "lucide-react";
import type { ReactNode } from "react";

import { CopyText } from "@/components/CopyText";
import type { ActivityEntry } from "@/lib/api/types";
import { exactTime } from "@/lib/time";

import classes from "./EntryDetails.module.css";
import { OURSELVES } from "./filtered";
import type { ActivityFilters } from "./filters";
import type { ShownChange } from "./shown";

interface Props {
  entry: ActivityEntry;
  changes: readonly ShownChange[];
  /** Narrows the log further. */
  onNarrow: (filters: ActivityFilters) => void;
}

export function EntryDetails({ entry, changes, onNarrow }: Props) {
  return (
    <div className={classes.details}>
      {changes.length > 0 ? <Differences changes={changes} /> : <NothingChanged />}
      <dl className={classes.facts}>
        <Fact name={<Trans>When</Trans>}>{exactTime(entry.at)}</Fact>
        <Fact name={<Trans>Event</Trans>}>
          <Code>{entry.kind}</Code>
        </Fact>
        {entry.address !== null && <Fact name={<Trans>Address</Trans>}>{entry.address}</Fact>}
        {entry.device !== null && <Fact name={<Trans>Device</Trans>}>{entry.device}</Fact>}
      </dl>
      <Group gap="sm" justify="space-between">
        <Narrowing entry={entry} onNarrow={onNarrow} />
        <CopyText label={<Trans>Entry</Trans>} text={entry.id} />
      </Group>
    </div>
  );
}

function Differences({ changes }: { changes: readonly ShownChange[] }) {
  const { t } = useLingui();
  return (
    <Table className={classes.diff} withRowBorders verticalSpacing={6} aria-label={t`What changed`}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>
            <Trans>Field</Trans>
          </Table.Th>
          <Table.Th>
            <Trans>Before</Trans>
          </Table.Th>
          <Table.Th>
            <Trans>After</Trans>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {changes.map((change) => (
          <Table.Tr key={change.label}>
            <Table.Th scope="row">{change.label}</Table.Th>
            <Side text={change.old} tone="old" />
            <Side text={change.new} tone="new" />
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Side({ text, tone }: { text: string | undefined; tone: "old" | "new" }) {
  return (
    <Table.Td className={classes.side} data-tone={text === undefined ? "none" : tone}>
      {text ?? <Trans>nothing</Trans>}
    </Table.Td>
  );
}

function NothingChanged() {
  return (
    <Text size="sm" c="dimmed">
      <Trans>This entry has no old or new value.</Trans>
    </Text>
  );
}

function Fact({ name, children }: { name: ReactNode; children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Narrowing({ entry, onNarrow }: Pick<Props, "entry" | "onNarrow">) {
  const ways: { label: ReactNode; filters: ActivityFilters }[] = [
    { label: <Trans>Only this person</Trans>, filters: { actor: entry.actor.id ?? OURSELVES } },
    { label: <Trans>Only this object</Trans>, filters: { object: entry.target } },
    { label: <Trans>Only this event</Trans>, filters: { kind: entry.kind } },
  ];
  return (
    <Group gap="xs">
      {ways.map(({ label, filters }) => (
        <Button
          key={Object.keys(filters)[0]}
          size="compact-sm"
          variant="subtle"
          leftSection={<Filter size={14} aria-hidden />}
          onClick={() => onNarrow(filters)}
        >
          {label}
        </Button>
      ))}
    </Group>
  );
}
