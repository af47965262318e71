/** Asks once before a column and all its values are deleted. */

import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Input, Stack, Text } from "@mantine/core";
import { Dialog } from "@/components/Dialog";
import type { Column } from "@/lib/api/types";
import { problemText } from "@/lib/problemText";
import { useDeleteColumn } from "./columns";

interface DeleteColumnDialogProps {
  workspaceId: string;
  column: Column;
  /** How many chats hold a value in it; undefined while they are counted. */
  valueCount: number | undefined;
  onClose: () => void;
}

export function DeleteColumnDialog({ workspaceId, column, valueCount, onClose }: DeleteColumnDialogProps) {
  const { t } = useLingui();
  const remove = useDeleteColumn(workspaceId);
  const name = column.name;
  return (
    <Dialog opened onClose={onClose} title={t`Delete column`}>
      <Stack gap="md">
        <Text>
          <Trans>
            Delete <strong>{name}</strong> for everyone in the workspace?
          </Trans>{" "}
          {valueCount === undefined ? (
            <Trans>Its values are being counted.</Trans>
          ) : (
            <Plural
              value={valueCount}
              _0="No chat has a value in it."
              one="# chat loses its value."
              other="# chats lose their values."
            />
          )}
        </Text>
        {remove.error && <Input.Error role="alert">{problemText(remove.error)}</Input.Error>}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            <Trans>Cancel</Trans>
          </Button>
          <Button
            color="red"
            loading={remove.isPending}
            onClick={() => remove.mutate(column.id, { onSuccess: onClose })}
          >
            <Trans>Delete column</Trans>
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
