/** Toasts: short, polite, bottom left. */

import { Trans } from "@lingui/react/macro";
import { Button, Group, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";

const UNDO_MS = 6000;

export function notifyDone(message: string): void {
  notifications.show({ message, color: "green" });
}

export function notifyProblem(message: string): void {
  notifications.show({ message, color: "red", autoClose: 8000 });
}

/** Says what was done and offers its inverse for six seconds. */
export function notifyUndo(message: string, undo: () => void): void {
  const id = notifications.show({
    autoClose: UNDO_MS,
    message: (
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm">{message}</Text>
        <Button
          size="compact-sm"
          variant="subtle"
          onClick={() => {
            notifications.hide(id);
            undo();
          }}
        >
          <Trans>Undo</Trans>
        </Button>
      </Group>
    ),
  });
}
