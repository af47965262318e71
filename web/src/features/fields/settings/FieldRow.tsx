/** One column among the settings: what it is, what it is used for, and what can be done with it. */

import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { ActionIcon, Badge, Button, Group, Loader, Text } from "@mantine/core";
import { List, Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { problemText } from "@/lib/problemText";
import { useWorkspace } from "@/lib/session";
import { ColumnDialog } from "../ColumnDialog";
import { hasOptions, type ReadableColumn } from "../columns";
import { useColumnUsage } from "../counting";
import { DeleteColumnDialog } from "../DeleteColumnDialog";
import { typeIcons, useTypeNames } from "../typeNames";
import { OptionsDialog } from "./OptionsDialog";
import classes from "./settings.module.css";

interface FieldRowProps {
  column: ReadableColumn;
  mayChange: boolean;
}

type Act = "edit" | "options" | "delete";

export function FieldRow({ column, mayChange }: FieldRowProps) {
  const { t } = useLingui();
  const workspaceId = useWorkspace().id;
  const [act, setAct] = useState<Act>();
  const Icon = typeIcons[column.type];
  const name = column.name;
  const close = () => setAct(undefined);
  return (
    <>
      <Icon size={16} aria-hidden className={classes.icon} />
      <div className={classes.words}>
        <Group gap="xs">
          <Text fw={500} dir="auto">
            {name}
          </Text>
          <Marks column={column} />
        </Group>
        {column.description && (
          <Text size="sm" c="dimmed" dir="auto">
            {column.description}
          </Text>
        )}
      </div>
      <UsageOnDemand column={column} />
      {mayChange && (
        <Group gap={4} wrap="nowrap">
          {hasOptions(column) && (
            <ActionIcon size={32} aria-label={t`Options of ${name}`} onClick={() => setAct("options")}>
              <List size={16} />
            </ActionIcon>
          )}
          <ActionIcon size={32} aria-label={t`Edit ${name}`} onClick={() => setAct("edit")}>
            <Pencil size={16} />
          </ActionIcon>
          {!column.reserved && (
            <ActionIcon size={32} aria-label={t`Delete ${name}`} onClick={() => setAct("delete")}>
              <Trash2 size={16} />
            </ActionIcon>
          )}
        </Group>
      )}
      {act === "edit" && <ColumnDialog workspaceId={workspaceId} column={column} onClose={close} />}
      {act === "options" && <OptionsDialog column={column} onClose={close} />}
      {act === "delete" && <CountedDeletion column={column} onClose={close} />}
    </>
  );
}

/** Its type, and what is special about it or done to it just now. */
function Marks({ column: { type, required, conversion, merge } }: { column: ReadableColumn }) {
  const names = useTypeNames();
  const to = conversion && names[conversion.to];
  return (
    <>
      <Text size="sm" c="dimmed">
        {names[type]}
      </Text>
      {required && (
        <Badge variant="default">
          <Trans>Required</Trans>
        </Badge>
      )}
      {to && (
        <Badge variant="default" leftSection={<Loader size={10} />}>
          <Trans>Becoming {to}</Trans>
        </Badge>
      )}
      {merge && (
        <Badge variant="default" leftSection={<Loader size={10} />}>
          <Trans>Merging options</Trans>
        </Badge>
      )}
    </>
  );
}

/** Counting looks through every chat, so it is done when somebody asks. */
function UsageOnDemand({ column }: { column: ReadableColumn }) {
  const { t } = useLingui();
  const [isAsked, setAsked] = useState(false);
  const name = column.name;
  if (isAsked) return <FilledCount columnId={column.id} />;
  return (
    <Button
      variant="subtle"
      size="compact-sm"
      aria-label={t`Count the values of ${name}`}
      onClick={() => setAsked(true)}
    >
      <Trans>Count values</Trans>
    </Button>
  );
}

function FilledCount({ columnId }: { columnId: string }) {
  const { data, error } = useColumnUsage(useWorkspace().id, columnId);
  return (
    <Text size="sm" c="dimmed" component="div" role="status">
      {error && problemText(error)}
      {data && <Plural value={data.sum.filled} _0="In no chat" one="In # chat" other="In # chats" />}
      {!data?.isWhole && !error && <Loader size={12} ml="xs" />}
    </Text>
  );
}

function CountedDeletion({ column, onClose }: { column: ReadableColumn; onClose: () => void }) {
  const workspaceId = useWorkspace().id;
  const { data } = useColumnUsage(workspaceId, column.id);
  const valueCount = data?.isWhole ? data.sum.filled : undefined;
  return (
    <DeleteColumnDialog workspaceId={workspaceId} column={column} valueCount={valueCount} onClose={onClose} />
  );
}
