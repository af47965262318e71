/** Toasts: short, polite, bottom left. */

import { t } from "@lingui/core/macro";
import { Trans } from "@lingui/react/macro";
import { Button, Group, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import type { ReactNode } from "react";
import { offer } from "./takingBack";

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

/**
 * Says what was done and offers its inverse for six seconds, by a button and by Ctrl+Z. Of one `subject` only the
 * newest act is offered: many small ones would cover the page.
 */
export function notifyUndo(message: string, undo: () => void, subject?: string): void {
  const hide = () => notifications.hide(id);
  const withdrawn = offer(undo, hide, subject);
  const id = notifyChoice(message, undo, <Trans>Undo</Trans>, withdrawn);
}

/** Says what happened and offers a way on for six seconds. Gives the id of the toast; `onClose` is called at its end. */
export function notifyChoice(
  message: string,
  act: () => void,
  action: ReactNode,
  onClose?: () => void,
): string {
  const id = notifications.show({
    autoClose: UNDO_MS,
    closeButtonProps: closeButton(),
    onClose: () => onClose?.(),
    message: (
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm">{message}</Text>
        <Button
          size="compact-sm"
          variant="subtle"
          onClick={() => {
            notifications.hide(id);
            act();
          }}
        >
          {action}
        </Button>
      </Group>
    ),
  });
  return id;
}
