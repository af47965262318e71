/** Makes an option one with another: asked once, since it can't be undone. */

import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Select, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { ConfirmDialog } from "@/components/ConfirmDialog";
import type { Column, ColumnOption } from "@/lib/api/types";
import { problemText } from "@/lib/problemText";
import { useWorkspace } from "@/lib/session";
import { useMergeOptions } from "../columns";

interface MergeDialogProps {
  column: Column;
  option: ColumnOption;
  /** How many chats hold it, where that is counted. */
  count: number | undefined;
  onClose: () => void;
}

export function MergeDialog({ column, option, count, onClose }: MergeDialogProps) {
  const { t } = useLingui();
  const merge = useMergeOptions(useWorkspace().id);
  const others = column.options.filter((each) => each.id !== option.id);
  const [into, setInto] = useState<string | null>(others[0]?.id ?? null);
  const name = option.name;
  const confirm = () => {
    if (into === null) return;
    merge.mutate({ id: column.id, option_id: option.id, into }, { onSuccess: onClose });
  };
  return (
    <ConfirmDialog
      title={t`Merge “${name}”`}
      action={t`Merge`}
      isBusy={merge.isPending}
      problem={merge.error && problemText(merge.error)}
      onConfirm={confirm}
      onClose={onClose}
    >
      <Stack gap="md">
        <Select
          label={t`Into`}
          data={others.map((each) => ({ value: each.id, label: each.name }))}
          value={into}
          allowDeselect={false}
          searchable
          onChange={setInto}
        />
        <Text size="sm" component="div">
          {count !== undefined && (
            <Plural
              value={count}
              _0="No chat has it."
              one="# chat gets the other one instead."
              other="# chats get the other one instead."
            />
          )}{" "}
          <Trans>“{name}” is gone then. This can’t be undone.</Trans>
        </Text>
      </Stack>
    </ConfirmDialog>
  );
}
