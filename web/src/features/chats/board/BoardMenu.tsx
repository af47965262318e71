/** How the board is made: what it is grouped by, what is summed up, what stands on a card. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Checkbox, Input, NativeSelect, Popover, Stack } from "@mantine/core";
import { cloneElement, type ReactElement, useState } from "react";
import type { MenuPanelProps } from "@/components/MenuOnDemand";
import type { Column } from "@/lib/api/types";
import { fieldOfColumn } from "../grid/chatFields";
import type { BoardLook } from "../grid/layout";
import type { TableState } from "../grid/useTable";
import classes from "./BoardMenu.module.css";
import { groupColumn, groupColumns } from "./lanes";

/** A card with more than these is a page. */
const FIELDS_MAX = 6;

export default function BoardMenu({ target, subject: table }: MenuPanelProps<TableState>) {
  const { t } = useLingui();
  const [isOpen, setOpen] = useState(true);
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" width={280} trapFocus returnFocus>
      <Popover.Target>
        {cloneElement(target as ReactElement<{ onClick: () => void }>, { onClick: () => setOpen(!isOpen) })}
      </Popover.Target>
      <Popover.Dropdown aria-label={t`Board`}>
        <Choices table={table} />
      </Popover.Dropdown>
    </Popover>
  );
}

function Choices({ table }: { table: TableState }) {
  const { t } = useLingui();
  const { columns, content, change } = table;
  const { board } = content;
  const set = (changed: Partial<BoardLook>) => change({ board: { ...board, ...changed } });
  const named = ({ id, name }: Column) => ({ value: fieldOfColumn(id), label: name });
  const group = groupColumn(table, content);
  const nothing = group ? [] : [{ value: "", label: t`Nothing` }];
  const numbers = columns.filter(({ type }) => type === "number");
  return (
    <Stack gap="md">
      <NativeSelect
        label={t`Group by`}
        data={[...nothing, ...groupColumns(table).map(named)]}
        value={group ? fieldOfColumn(group.id) : ""}
        onChange={(event) =>
          change({ group_by: event.currentTarget.value, board: { ...board, collapsed: [] } })
        }
      />
      <NativeSelect
        label={t`Sum up`}
        data={[{ value: "", label: t`Nothing` }, ...numbers.map(named)]}
        value={board.sum ?? ""}
        onChange={(event) => set({ sum: event.currentTarget.value || null })}
      />
      <CardFields table={table} onChange={(fields) => set({ fields })} />
      <Checkbox
        label={t`Hide empty lanes`}
        checked={board.hides_empty}
        onChange={(event) => set({ hides_empty: event.currentTarget.checked })}
      />
    </Stack>
  );
}

function CardFields({ table, onChange }: { table: TableState; onChange: (fields: string[]) => void }) {
  const { columns, ownFields, content } = table;
  const group = groupColumn(table, content);
  const possible = [...ownFields, ...columns]
    .filter(({ id }) => id !== group?.id)
    .map(({ id, name }) => ({ field: fieldOfColumn(id), name }));
  const chosen = content.board.fields.filter((field) => possible.some((each) => each.field === field));
  if (possible.length === 0) return null;
  return (
    <fieldset className={classes.fields}>
      <Input.Label component="legend">
        <Trans>On a card</Trans>
      </Input.Label>
      {possible.map(({ field, name }) => {
        const isShown = chosen.includes(field);
        return (
          <Checkbox
            key={field}
            label={<span dir="auto">{name}</span>}
            checked={isShown}
            disabled={!isShown && chosen.length >= FIELDS_MAX}
            onChange={() => onChange(isShown ? chosen.filter((each) => each !== field) : [...chosen, field])}
          />
        );
      })}
    </fieldset>
  );
}
