/** What an import would do: how many chats it is for, what is wrong by line and column, and the way on or back. */

import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Alert, Button, Group, Stack, Table, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { ProgressBar } from "@/components/ProgressBar";
import { Refusal } from "@/components/Refusal";
import { ErrorState } from "@/components/StateBlock";
import type { ImportFault, ImportOut, ImportPlan } from "@/lib/api/types";
import { columnTitle } from "./columnTitle";
import { isUnderWay, useCheckImport, useFaults, useRunImport } from "./imports";
import classes from "./imports.module.css";
import { cellsOf, type MendedCells, placeOf } from "./mended";
import { NewOptions } from "./NewOptions";

interface CheckStepProps {
  imported: ImportOut;
  plan: Omit<ImportPlan, "mended">;
  mended: MendedCells;
  onMend: (mended: MendedCells) => void;
  onBack: () => void;
  onRun: () => void;
}

export function CheckStep({ imported, plan, mended, onMend, onBack, onRun }: CheckStepProps) {
  const { t } = useLingui();
  const run = useRunImport(imported.id);
  const check = useCheckImport(imported.id);
  /** Cells were mended since the last check. */
  const [isDirty, setDirty] = useState(false);
  const { counts, state } = imported;
  const isChecking = isUnderWay(imported);
  return (
    <Stack gap="md">
      {isChecking && <ProgressBar label={t`Checking the file`} part={imported.progress} />}
      {state === "unreadable" && <Broken imported={imported} />}
      <Text role="status">
        {isChecking ? (
          <Trans>Checking the file. Nothing is written yet.</Trans>
        ) : (
          <Plural value={counts.matched} one="# row has a chat." other="# rows have a chat." />
        )}
      </Text>
      {!isChecking && <Counts imported={imported} />}
      {state === "checked" && <NewOptions imported={imported} />}
      {state === "checked" && (
        <Faults
          imported={imported}
          mended={mended}
          onMend={(place, text) => {
            onMend(new Map(mended).set(place, text));
            setDirty(true);
          }}
        />
      )}
      <Refusal error={run.error ?? check.error ?? null} />
      <Group justify="flex-end">
        <Button variant="default" disabled={isChecking} onClick={onBack}>
          <Trans>Back</Trans>
        </Button>
        {isDirty && (
          <Button
            variant="default"
            loading={check.isPending}
            onClick={() =>
              check.mutate({ ...plan, mended: cellsOf(mended) }, { onSuccess: () => setDirty(false) })
            }
          >
            <Trans>Check again</Trans>
          </Button>
        )}
        <Button
          data-autofocus
          disabled={state !== "checked" || isDirty || counts.matched === 0}
          loading={run.isPending}
          onClick={() => run.mutate(undefined, { onSuccess: onRun })}
        >
          <Trans>Import</Trans>
        </Button>
      </Group>
    </Stack>
  );
}

function Broken({ imported: { trouble, trouble_line } }: { imported: ImportOut }) {
  return (
    <Alert color="red" role="alert">
      {trouble_line === null ? (
        trouble
      ) : (
        <Trans>
          Line {trouble_line}: {trouble}
        </Trans>
      )}
    </Alert>
  );
}

function Counts({ imported: { counts } }: { imported: ImportOut }) {
  const { unmatched, ambiguous, repeated, faults, clearing } = counts;
  return (
    <Text size="sm" component="div">
      {unmatched > 0 && (
        <Plural
          value={unmatched}
          one="# row is for no chat you can import into."
          other="# rows are for no chat you can import into."
        />
      )}{" "}
      {ambiguous > 0 && (
        <Plural value={ambiguous} one="# row fits several chats." other="# rows fit several chats." />
      )}{" "}
      {repeated > 0 && (
        <Plural
          value={repeated}
          one="# row is for a chat of an earlier row."
          other="# rows are for chats of earlier rows."
        />
      )}{" "}
      {faults > 0 && (
        <Plural
          value={faults}
          one="# value does not fit and is left out."
          other="# values do not fit and are left out."
        />
      )}{" "}
      {clearing > 0 && (
        <Plural
          value={clearing}
          one="# empty cell clears what is there."
          other="# empty cells clear what is there."
        />
      )}
    </Text>
  );
}

interface FaultsProps {
  imported: ImportOut;
  mended: MendedCells;
  onMend: (place: string, text: string) => void;
}

function Faults({ imported, mended, onMend }: FaultsProps) {
  const { t } = useLingui();
  const faults = useFaults(imported);
  if (faults.error) return <ErrorState error={faults.error} onRetry={() => void faults.refetch()} />;
  if (!faults.data?.length) return null;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard.
    <section className={classes.faults} aria-label={t`What is wrong`} tabIndex={0}>
      <Table stickyHeader>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>
              <Trans>Line</Trans>
            </Table.Th>
            <Table.Th>
              <Trans>Column</Trans>
            </Table.Th>
            <Table.Th>
              <Trans>What is wrong</Trans>
            </Table.Th>
            <Table.Th>
              <Trans>Instead</Trans>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {faults.data.map((fault) => (
            <Table.Tr key={`${fault.line} ${fault.column} ${fault.kind}`}>
              <Table.Td className="tabular">{fault.line}</Table.Td>
              <Table.Td dir="auto">{fault.column !== null && columnTitle(imported, fault.column)}</Table.Td>
              <Table.Td>
                <Reason fault={fault} />
              </Table.Td>
              <Table.Td>
                {fault.column !== null && (
                  <TextInput
                    size="xs"
                    aria-label={t`Instead, in line ${fault.line}, ${columnTitle(imported, fault.column)}`}
                    value={mended.get(placeOf(fault)) ?? ""}
                    onChange={(event) => onMend(placeOf(fault), event.currentTarget.value)}
                  />
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}

function Reason({ fault: { kind, detail } }: { fault: ImportFault }) {
  switch (kind) {
    case "no_chat":
      return <Trans>There is no such chat, or none that you are connected to.</Trans>;
    case "many_chats":
      return <Trans>More than one chat has this username. Use the chat ID.</Trans>;
    case "again":
      return <Trans>An earlier row is for the same chat.</Trans>;
    case "too_many_cells":
      return <Trans>More cells than the file has columns.</Trans>;
    case "value":
      return detail;
  }
}
