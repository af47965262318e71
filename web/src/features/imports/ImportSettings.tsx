/** The workspace's newest imports, each with its way back, and the way to a new one. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Stack, Text } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { SettingsSection } from "@/components/SettingsSection";
import { ErrorState, LoadingRows } from "@/components/StateBlock";
import UnpaidLine from "@/features/seats/Unpaid";
import { NoAccess } from "@/features/workspaces/NoAccess";
import { usePageTitle } from "@/lib/pageTitle";
import { useCan } from "@/lib/session";
import { ImportState } from "./ImportState";
import { useImports } from "./imports";
import classes from "./imports.module.css";
import { MadeOptions } from "./MadeOptions";
import { UndoButton } from "./UndoButton";

const ImportDialog = lazy(async () => ({ default: (await import("./ImportDialog")).ImportDialog }));

export function ImportSettings() {
  const { t } = useLingui();
  usePageTitle(t`Import`, t`Settings`);
  return useCan("data.imports.see") ? <Imports /> : <NoAccess action="data.imports.see" />;
}

function Imports() {
  const { t } = useLingui();
  const imports = useImports();
  const [isOpen, setOpen] = useState(false);
  const mayImport = useCan("data.import");
  return (
    <SettingsSection
      title={<Trans>Import</Trans>}
      lead={
        <Trans>
          Values from a CSV file into the chats of this workspace. Each import can be undone for a day.
        </Trans>
      }
      action={
        mayImport ? (
          <Button variant="default" onClick={() => setOpen(true)}>
            <Trans>Import a CSV file</Trans>
          </Button>
        ) : (
          <UnpaidLine action="data.import" />
        )
      }
    >
      {imports.isPending && <LoadingRows rows={1} height={36} />}
      {imports.error && <ErrorState error={imports.error} onRetry={() => void imports.refetch()} />}
      {imports.data?.length === 0 && (
        <Text size="sm" c="dimmed">
          <Trans>Nothing was imported within the last week.</Trans>
        </Text>
      )}
      <ul className={classes.columns} aria-label={t`Imports`}>
        {imports.data?.map((each) => (
          <li key={each.id} className={classes.column}>
            <Stack gap={2}>
              <Text size="sm" fw={500} className={classes.file ?? ""} dir="auto">
                {each.file_name}
              </Text>
              <Text size="xs" c="dimmed">
                <ImportState imported={each} />
              </Text>
              {each.options_made > 0 && (
                <Text size="xs" c="dimmed">
                  <MadeOptions imported={each} />
                </Text>
              )}
            </Stack>
            <Group justify="flex-end">{mayImport && <UndoButton imported={each} />}</Group>
          </li>
        ))}
      </ul>
      <Suspense>{isOpen && <ImportDialog onClose={() => setOpen(false)} />}</Suspense>
    </SettingsSection>
  );
}
