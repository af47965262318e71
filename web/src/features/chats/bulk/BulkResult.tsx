/** How far edits of many chats have come, what they changed, and the way back. */

import { plural } from "@lingui/core/macro";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Stack, Text } from "@mantine/core";
import { ProgressBar } from "@/components/ProgressBar";
import type { BulkEdit } from "@/lib/api/types";
import { notifyUndo } from "@/lib/notify";
import { isUnderWay, together, useBulkEdits, useUndoBulkEdit } from "./bulkEdits";

/** Edits that were begun, followed for as long as their dialog is open. */
export function useBulkResult(begun: readonly BulkEdit[]) {
  const edits = useBulkEdits(begun);
  const undo = useUndoBulkEdit();
  const { changed } = together(edits);
  const undoable = edits.filter((edit) => edit.undo_until !== null);
  const undoAll = () => {
    for (const { id } of undoable) undo.mutate(id);
  };
  /** When the dialog closes the way back stays open for a moment. */
  const offerUndo = () => {
    const said = plural(changed, { one: "# chat was changed.", other: "# chats were changed." });
    if (undoable.length > 0) notifyUndo(said, undoAll);
  };
  return { edits, undo: undoable.length > 0 ? undoAll : undefined, isUndoing: undo.isPending, offerUndo };
}

interface BulkResultProps {
  result: ReturnType<typeof useBulkResult>;
  onClose: () => void;
}

export function BulkResult({ result, onClose }: BulkResultProps) {
  const { t } = useLingui();
  const { edits, undo, isUndoing } = result;
  const { changed, restored } = together(edits);
  const [reached, all] = [edits.reduce(sumOf("reached"), 0), edits.reduce(sumOf("chats"), 0)];
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
      {undo && (
        <Text size="sm" c="dimmed">
          <Trans>It can be taken back for a day, but for what somebody changes meanwhile.</Trans>
        </Text>
      )}
      <Group justify="flex-end">
        {undo && (
          <Button variant="default" loading={isUndoing} onClick={undo}>
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
