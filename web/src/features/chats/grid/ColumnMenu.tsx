/** The menu of a column's header: sorting and arranging for everybody, changes for those who may. */

import { Trans } from "@lingui/react/macro";
import { Menu } from "@mantine/core";
import {
  ArrowDown,
  ArrowLeftToLine,
  ArrowRightToLine,
  ArrowUp,
  EyeOff,
  List,
  Pencil,
  Pin,
  PinOff,
  Trash2,
  X,
} from "lucide-react";
import { MenuAnchor } from "@/components/MenuAnchor";
import { hasOptions } from "@/features/fields/columns";
import type { Content } from "@/features/views/content";
import type { Column } from "@/lib/api/types";
import type { ColumnAct } from "./ColumnDialogs";
import { NAME, type Sorting, sortOf, withFrozenTo, withShifted, withShown } from "./layout";
import type { TableState } from "./useTable";

/** Where a menu opens, in the window, and for which column. */
export interface MenuAt {
  columnId: string;
  x: number;
  y: number;
}

interface ColumnMenuProps {
  at: MenuAt;
  table: TableState;
  /** The custom column, when the person may change it. */
  column: Column | undefined;
  onAct: (act: ColumnAct) => void;
  onClose: () => void;
}

export function ColumnMenu({ at, table, column, onAct, onClose }: ColumnMenuProps) {
  const { columnId } = at;
  const sort = (sorting: Sorting | undefined) => () => table.change({ sort: sortOf(sorting) });
  return (
    <Menu opened onChange={(isOpen) => !isOpen && onClose()} position="bottom-start" width={220}>
      <Menu.Target>
        <MenuAnchor at={at} />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<ArrowUp size={16} />} onClick={sort({ columnId, direction: "up" })}>
          <Trans>Sort ascending</Trans>
        </Menu.Item>
        <Menu.Item leftSection={<ArrowDown size={16} />} onClick={sort({ columnId, direction: "down" })}>
          <Trans>Sort descending</Trans>
        </Menu.Item>
        <Menu.Item leftSection={<X size={16} />} onClick={sort(undefined)}>
          <Trans>Do not sort</Trans>
        </Menu.Item>
        <Menu.Divider />
        <Arrangement columnId={columnId} table={table} />
        {column && <Changes column={column} onAct={onAct} />}
      </Menu.Dropdown>
    </Menu>
  );
}

function Arrangement({ columnId, table }: { columnId: string; table: TableState }) {
  const { all, content, sheet, change } = table;
  const at = sheet.columns.findIndex((each) => each.id === columnId);
  const isLastFrozen = at + 1 === content.frozen;
  const to = (next: Content) => () => change(next);
  return (
    <>
      {isLastFrozen && at > 0 ? (
        <Menu.Item leftSection={<PinOff size={16} />} onClick={to(withFrozenTo(all, content, NAME))}>
          <Trans>Let it scroll</Trans>
        </Menu.Item>
      ) : (
        <Menu.Item
          leftSection={<Pin size={16} />}
          disabled={isLastFrozen}
          onClick={to(withFrozenTo(all, content, columnId))}
        >
          <Trans>Freeze up to here</Trans>
        </Menu.Item>
      )}
      {columnId !== NAME && (
        <>
          <Menu.Item
            leftSection={<ArrowLeftToLine size={16} />}
            disabled={at === 1}
            onClick={to(withShifted(all, content, columnId, -1))}
          >
            <Trans>Move left</Trans>
          </Menu.Item>
          <Menu.Item
            leftSection={<ArrowRightToLine size={16} />}
            disabled={at === sheet.columns.length - 1}
            onClick={to(withShifted(all, content, columnId, 1))}
          >
            <Trans>Move right</Trans>
          </Menu.Item>
          <Menu.Item
            leftSection={<EyeOff size={16} />}
            onClick={to(withShown(all, content, columnId, false))}
          >
            <Trans>Hide</Trans>
          </Menu.Item>
        </>
      )}
    </>
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
