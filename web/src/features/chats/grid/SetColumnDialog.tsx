/** Gives one column of all selected chats the same value, as one act that can be taken back. */

import { plural } from "@lingui/core/macro";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, NativeSelect, Stack } from "@mantine/core";
import { useState } from "react";
import { Dialog } from "@/components/Dialog";
import type { ReadableColumn } from "@/features/fields/columns";
import { useCreateOption } from "@/features/fields/useCreateOption";
import { ValueField } from "@/features/fields/ValueField";
import { type CellValue, isMissing } from "@/features/fields/values";
import { notifyUndo } from "@/lib/notify";
import { useWorkspace } from "@/lib/session";
import { useValueEdits } from "../ChatsProvider";

interface SetColumnDialogProps {
  columns: readonly ReadableColumn[];
  chatIds: readonly string[];
  onClose: () => void;
}

export default function SetColumnDialog({ columns, chatIds, onClose }: SetColumnDialogProps) {
  const { t } = useLingui();
  const edits = useValueEdits();
  const createOption = useCreateOption(useWorkspace().id);
  const [columnId, setColumnId] = useState(columns[0]?.id);
  const [value, setValue] = useState<CellValue>(null);
  const column = columns.find((each) => each.id === columnId);
  if (!column) return null;
  const apply = () => {
    const { changed, step } = edits.setMany(
      chatIds.map((chatId) => ({ chatId, columnId: column.id, value })),
    );
    if (changed > 0)
      notifyUndo(plural(changed, { one: "# value changed", other: "# values changed" }), () =>
        edits.takeBack(step),
      );
    onClose();
  };
  return (
    <Dialog opened onClose={onClose} title={t`Set a column`}>
      <Stack gap="md">
        <NativeSelect
          label={t`Column`}
          data={columns.map(({ id, name }) => ({ value: id, label: name }))}
          value={column.id}
          onChange={(event) => {
            setColumnId(event.currentTarget.value);
            setValue(null);
          }}
        />
        <ValueField
          key={column.id}
          column={column}
          value={value}
          isReadOnly={false}
          onChange={setValue}
          onCreateOption={(name) => createOption(column, name)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button onClick={apply} disabled={isMissing(column, value)}>
            {value === null ? (
              <Plural value={chatIds.length} one="Clear it in # chat" other="Clear it in # chats" />
            ) : (
              <Plural value={chatIds.length} one="Set it in # chat" other="Set it in # chats" />
            )}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
