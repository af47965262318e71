/** How far edits of many chats have come, what they changed, and the way back. */

import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Stack, Text } from "@mantine/core";
import { ProgressBar } from "@/components/ProgressBar";
import type { BulkEdit } from "@/lib/api/types";
import { notifyProblem } from "@/lib/notify";
import { problemText } from "@/lib/problemText";
import { isUnderWay, together, useBulkEdits, useUndoBulkEdit } from "./bulkEdits";

export function BulkResult({ begun, onClose }: { begun: readonly BulkEdit[]; onClose: () => void }) {
  const { t } = useLingui();
  const edits = useBulkEdits(begun);
  const undo = useUndoBulkEdit();
  const { changed, restored } = together(edits);
  const [reached, all] = [edits.reduce(sumOf("reached"), 0), edits.reduce(sumOf("chats"), 0)];
  const undoable = edits.filter((edit) => edit.undo_until !== null);
  const undoAll = () => {
    for (const { id } of undoable) undo.mutate(id, { onError: (error) => notifyProblem(problemText(error)) });
  };
  return (
    <Stack gap="md">
      {edits.some(isUnderWay) && <ProgressBar label={t`Progress`} part={reached / Math.max(all, 1)} />}
      <Text role="status">
        {restored > 0 || edits.some(({ state }) => state === "undone") ? (
          <Plural
            value={restored}
            one="# chat has what it had before."
            other="# chats have what they had before."
          />
        ) : (
          <Plural value={changed} one="# chat was changed." other="# chats were changed." />
        )}
      </Text>
      {undoable.length > 0 && (
        <Text size="sm" c="dimmed">
          <Trans>It can be taken back for a day, but for what somebody changes meanwhile.</Trans>
        </Text>
      )}
      <Group justify="flex-end">
        {undoable.length > 0 && (
          <Button variant="default" loading={undo.isPending} onClick={undoAll}>
            <Trans>Undo</Trans>
          </Button>
        )}
        <Button onClick={onClose}>
          <Trans>Done</Trans>
        </Button>
      </Group>
    </Stack>
  );
}

function sumOf(name: "reached" | "chats") {
  return (sum: number, edit: BulkEdit) => sum + edit[name];
}
