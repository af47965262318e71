/** How far an import has come, what it changed, and the way back. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Stack, Text } from "@mantine/core";
import { ProgressBar } from "@/components/ProgressBar";
import type { ImportOut } from "@/lib/api/types";
import { ImportState } from "./ImportState";
import { isUnderWay } from "./imports";
import { MadeOptions } from "./MadeOptions";
import { UndoButton } from "./UndoButton";

export function ResultStep({ imported, onClose }: { imported: ImportOut; onClose: () => void }) {
  const { t } = useLingui();
  const isBusy = isUnderWay(imported);
  return (
    <Stack gap="md">
      {isBusy && <ProgressBar label={t`Progress`} part={imported.progress} />}
      <Text role="status">
        <ImportState imported={imported} />
      </Text>
      {imported.options_made > 0 && (
        <Text size="sm">
          <MadeOptions imported={imported} />
        </Text>
      )}
      {isBusy && (
        <Text size="sm" c="dimmed">
          <Trans>It goes on when you close this. You are told when it is done.</Trans>
        </Text>
      )}
      {imported.undo_until !== null && (
        <Text size="sm" c="dimmed">
          <Trans>It can be taken back for a day, but for what somebody changes meanwhile.</Trans>
        </Text>
      )}
      <Group justify="flex-end">
        <UndoButton imported={imported} />
        <Button data-autofocus onClick={onClose}>
          {isBusy ? <Trans>Close</Trans> : <Trans>Done</Trans>}
        </Button>
      </Group>
    </Stack>
  );
}
