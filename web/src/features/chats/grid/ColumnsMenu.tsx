/** All columns in one list: which are shown, in which order, and how high the rows are. */

import { Trans, useLingui } from "@lingui/react/macro";
import { ActionIcon, Button, Checkbox, Group, Popover, Stack, Text } from "@mantine/core";
import { ArrowDown, ArrowUp } from "lucide-react";
import { cloneElement, type ReactElement, useState } from "react";
import type { MenuPanelProps } from "@/components/MenuOnDemand";
import { RadioBar } from "@/components/RadioBar";
import { plainContent } from "@/features/views/content";
import { usePreference } from "@/lib/preferences";
import classes from "./ColumnsMenu.module.css";
import { isShown, NAME, ordered, withMoved, withShown } from "./layout";
import type { TableState } from "./useTable";

const { columns, frozen, sort } = plainContent;

export default function ColumnsMenu({ target, subject: table }: MenuPanelProps<TableState>) {
  const { t } = useLingui();
  const [isOpen, setOpen] = useState(true);
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" width={300} trapFocus returnFocus>
      <Popover.Target>
        {cloneElement(target as ReactElement<{ onClick: () => void }>, { onClick: () => setOpen(!isOpen) })}
      </Popover.Target>
      <Popover.Dropdown aria-label={t`Columns`}>
        <Stack gap="sm">
          <ColumnList table={table} />
          <Group justify="space-between" wrap="nowrap">
            <Density />
            <Button
              size="compact-sm"
              variant="subtle"
              onClick={() => table.change({ columns, frozen, sort })}
            >
              <Trans>Reset</Trans>
            </Button>
          </Group>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

function ColumnList({ table }: { table: TableState }) {
  const { t } = useLingui();
  const { all, content, change } = table;
  const columns = ordered(all, content).filter(({ id }) => id !== NAME);
  const move = (id: string, beforeId: string | undefined) => change(withMoved(all, content, id, beforeId));
  return (
    <ul className={classes.list}>
      {columns.map(({ id, title }, at) => (
        <li key={id} className={classes.row}>
          <Checkbox
            className={classes.shown ?? ""}
            label={<span dir="auto">{title}</span>}
            checked={isShown(content, id)}
            onChange={(event) => change(withShown(all, content, id, event.currentTarget.checked))}
          />
          <ActionIcon
            size={28}
            aria-label={t`Move ${title} up`}
            disabled={at === 0}
            onClick={() => move(id, columns[at - 1]?.id)}
          >
            <ArrowUp size={14} />
          </ActionIcon>
          <ActionIcon
            size={28}
            aria-label={t`Move ${title} down`}
            disabled={at === columns.length - 1}
            onClick={() => move(id, columns[at + 2]?.id)}
          >
            <ArrowDown size={14} />
          </ActionIcon>
        </li>
      ))}
    </ul>
  );
}

function Density() {
  const { t } = useLingui();
  const [density, setDensity] = usePreference("density");
  return (
    <div>
      <Text size="xs" c="dimmed">
        <Trans>Rows</Trans>
      </Text>
      <RadioBar
        label={t`Height of rows`}
        value={density}
        options={[
          { value: "comfortable", label: t`Comfortable` },
          { value: "compact", label: t`Compact` },
        ]}
        onChange={setDensity}
      />
    </div>
  );
}
