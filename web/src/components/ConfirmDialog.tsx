/** Asks once before something that cannot be undone. */

import { Trans } from "@lingui/react/macro";
import { Button, Group, Input, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import { Dialog } from "./Dialog";

interface ConfirmDialogProps {
  title: string;
  action: string;
  isBusy: boolean;
  /** Why it was refused, in words. */
  problem?: string | null;
  onConfirm: () => void;
  onClose: () => void;
  children: ReactNode;
}

export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, action, isBusy, problem, onConfirm, onClose, children } = props;
  return (
    <Dialog opened onClose={onClose} title={title}>
      <Stack gap="md">
        <div>{children}</div>
        {problem && <Input.Error role="alert">{problem}</Input.Error>}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            <Trans>Cancel</Trans>
          </Button>
          <Button color="red" loading={isBusy} onClick={onConfirm}>
            {action}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
