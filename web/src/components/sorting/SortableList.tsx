/** A list whose rows are put in order: dragged by their handle, or moved by Alt and an arrow key on it. */

import { t } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { ActionIcon, VisuallyHidden } from "@mantine/core";
import { GripVertical } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useCallback, useId, useRef, useState } from "react";
import { afterDrop, afterStep } from "./order";
import classes from "./SortableList.module.css";
import { useDraggedRow, useDrops } from "./sorting";

interface Named {
  id: string;
  name: string;
}

interface SortableListProps<Row extends Named> {
  label: string;
  rows: readonly Row[];
  /** Rows stand where they are, without handles. */
  isFixed: boolean;
  /** A row is to come behind another one; null is the front. */
  onMove: (id: string, after: string | null) => void;
  children: (row: Row) => ReactNode;
}

export function SortableList<Row extends Named>(props: SortableListProps<Row>) {
  const { label, rows, isFixed, onMove, children } = props;
  const listId = useId();
  const [said, setSaid] = useState("");
  const move = useCallback(
    (id: string, after: string | null | undefined) => {
      const row = rows.find((each) => each.id === id);
      if (after === undefined || !row) return;
      setSaid(
        saidOf(
          row,
          rows.find((each) => each.id === after),
        ),
      );
      onMove(id, after);
    },
    [rows, onMove],
  );
  const ids = rows.map((each) => each.id);
  useDrops(
    listId,
    // biome-ignore lint/correctness/useExhaustiveDependencies: the ids change with the rows.
    useCallback((id, edge, at) => move(id, afterDrop(ids, id, edge, at)), [rows, move]),
  );
  return (
    <>
      <ul aria-label={label} className={classes.list}>
        {rows.map((row) =>
          isFixed ? (
            <li key={row.id} className={classes.row}>
              {children(row)}
            </li>
          ) : (
            <SortableRow
              key={row.id}
              row={row}
              listId={listId}
              onStep={(step) => move(row.id, afterStep(ids, row.id, step))}
            >
              {children(row)}
            </SortableRow>
          ),
        )}
      </ul>
      <VisuallyHidden role="status">{said}</VisuallyHidden>
    </>
  );
}

interface SortableRowProps {
  row: Named;
  listId: string;
  onStep: (step: -1 | 1) => void;
  children: ReactNode;
}

function SortableRow({ row, listId, onStep, children }: SortableRowProps) {
  const { t } = useLingui();
  const [item, handle] = [useRef<HTMLLIElement>(null), useRef<HTMLButtonElement>(null)];
  const edge = useDraggedRow(item, handle, listId, row.id);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (!step || !event.altKey) return;
    event.preventDefault();
    onStep(step);
  };
  const name = row.name;
  return (
    <li ref={item} className={classes.row} data-edge={edge}>
      <ActionIcon
        ref={handle}
        size={28}
        className={classes.handle}
        aria-label={t`Move ${name}`}
        aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
        title={t`Drag, or Alt+↑ and Alt+↓`}
        onKeyDown={onKeyDown}
      >
        <GripVertical size={16} />
      </ActionIcon>
      {children}
    </li>
  );
}

const STEPS: Readonly<Record<string, -1 | 1>> = { ArrowUp: -1, ArrowDown: 1 };

function saidOf({ name }: Named, after: Named | undefined): string {
  if (!after) return t`${name} is the first now.`;
  const before = after.name;
  return t`${name} stands behind ${before} now.`;
}
