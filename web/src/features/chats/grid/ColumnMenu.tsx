/** The menu of a column's header: sorting for everybody, changes for those who may. */

import { Trans } from "@lingui/react/macro";
import { Menu } from "@mantine/core";
import { ArrowDown, ArrowUp, List, Pencil, Trash2, X } from "lucide-react";
import { hasOptions } from "@/features/fields/columns";
import type { Column } from "@/lib/api/types";
import type { ColumnAct } from "./ColumnDialogs";
import type { Sorting } from "./sheet";

export interface ColumnMenuAt {
  columnId: string;
  x: number;
  y: number;
}

interface ColumnMenuProps {
  at: ColumnMenuAt;
  /** The custom column, when the person may change it. */
  column: Column | undefined;
  onSort: (sorting: Sorting | undefined) => void;
  onAct: (act: ColumnAct) => void;
  onClose: () => void;
}

export function ColumnMenu({ at, column, onSort, onAct, onClose }: ColumnMenuProps) {
  const sort = (direction: Sorting["direction"]) => () => onSort({ columnId: at.columnId, direction });
  return (
    <Menu opened onChange={(isOpen) => !isOpen && onClose()} position="bottom-start" width={200}>
      <Menu.Target>
        <div style={{ position: "fixed", left: at.x, top: at.y, width: 1, height: 1 }} />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<ArrowUp size={16} />} onClick={sort("up")}>
          <Trans>Sort ascending</Trans>
        </Menu.Item>
        <Menu.Item leftSection={<ArrowDown size={16} />} onClick={sort("down")}>
          <Trans>Sort descending</Trans>
        </Menu.Item>
        <Menu.Item leftSection={<X size={16} />} onClick={() => onSort(undefined)}>
          <Trans>Do not sort</Trans>
        </Menu.Item>
        {column && <Changes column={column} onAct={onAct} />}
      </Menu.Dropdown>
    </Menu>
  );
}

function Changes({ column, onAct }: { column: Column; onAct: (act: ColumnAct) => void }) {
  return (
    <>
      <Menu.Divider />
      <Menu.Item leftSection={<Pencil size={16} />} onClick={() => onAct({ kind: "edit", column })}>
        <Trans>Rename</Trans>
      </Menu.Item>
      {hasOptions(column) && (
        <Menu.Item leftSection={<List size={16} />} onClick={() => onAct({ kind: "edit", column })}>
          <Trans>Edit options</Trans>
        </Menu.Item>
      )}
      {!column.reserved && (
        <Menu.Item
          color="red"
          leftSection={<Trash2 size={16} />}
          onClick={() => onAct({ kind: "delete", column })}
        >
          <Trans>Delete column</Trans>
        </Menu.Item>
      )}
    </>
  );
}
