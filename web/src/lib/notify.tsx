/** Toasts: short, polite, bottom left. */

import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { Button, Group, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";

const UNDO_MS = 6000;

export function notifyDone(message: string): void {
  notifications.show({ message, color: "green", closeButtonProps: closeButton() });
}

export function notifyProblem(message: string): void {
  notifications.show({ message, color: "red", autoClose: 8000, closeButtonProps: closeButton() });
}

function closeButton() {
  return { "aria-label": t`Close` };
}

/** Says what was done and offers its inverse, or another way called `action`, for six seconds. */
export function notifyUndo(message: string, undo: () => void, action?: string): void {
  const id = notifications.show({
    autoClose: UNDO_MS,
    closeButtonProps: closeButton(),
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
          {action ?? <Trans>Undo</Trans>}
        </Button>
      </Group>
    ),
  });
}
