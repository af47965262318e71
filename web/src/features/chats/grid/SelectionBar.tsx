/** Over the table while rows are ticked: how many, and what can be done to all of them. */

import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { X } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { ExportChatsButton } from "@/features/exports/ExportChatsButton";
import { useCan } from "@/lib/session";
import classes from "./SelectionBar.module.css";
import type { TableState } from "./useTable";

const BulkEditDialog = lazy(async () => ({
  default: (await import("../bulk/BulkEditDialog")).BulkEditDialog,
}));

interface SelectionBarProps {
  table: TableState;
  selected: ReadonlySet<string>;
  onSelect: (rowIds: ReadonlySet<string>) => void;
}

export function SelectionBar({ table, selected, onSelect }: SelectionBarProps) {
  const { t } = useLingui();
  const [isEditing, setEditing] = useState(false);
  const mayEdit = useCan("values.edit");
  const { rowIds } = table.sheet;
  const count = selected.size;
  if (count === 0) return null;
  return (
    <section className={classes.bar} aria-label={t`Selected chats`}>
      <strong role="status">
        <Plural value={count} one="# chat selected" other="# chats selected" />
      </strong>
      {count < rowIds.length && (
        <Button size="compact-sm" variant="subtle" onClick={() => onSelect(new Set(rowIds))}>
          <Plural value={rowIds.length} one="Select the one shown" other="Select all # shown" />
        </Button>
      )}
      {mayEdit && (
        <Button size="compact-sm" variant="default" onClick={() => setEditing(true)}>
          <Trans>Edit…</Trans>
        </Button>
      )}
      <ExportChatsButton chatIds={selected} />
      <Button
        size="compact-sm"
        variant="subtle"
        color="gray"
        leftSection={<X size={14} />}
        onClick={() => onSelect(new Set())}
      >
        <Trans>Clear selection</Trans>
      </Button>
      <Suspense>
        {isEditing && <BulkEditDialog chatIds={[...selected]} onClose={() => setEditing(false)} />}
      </Suspense>
    </section>
  );
}
