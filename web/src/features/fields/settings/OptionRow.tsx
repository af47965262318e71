/** One option of a column: colour and name, changed in place; how many chats hold it; merging it, taking it away. */

import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { ActionIcon, Group, Loader, Text, TextInput } from "@mantine/core";
import { Merge, Trash2 } from "lucide-react";
import { type KeyboardEvent, useState } from "react";
import type { Column, ColumnOption } from "@/lib/api/types";
import { notifyUndo } from "@/lib/notify";
import type { OptionDraft } from "../columns";
import { HueMenu } from "../HueMenu";
import { Pill } from "../Pill";
import { MergeDialog } from "./MergeDialog";
import classes from "./settings.module.css";

interface OptionRowProps {
  option: ColumnOption;
  column: Column;
  /** How many chats have it, as far as they are counted. */
  count: number | undefined;
  isCounting: boolean;
  mayChange: boolean;
  onChange: (options: OptionDraft[]) => void;
}

export function OptionRow({ option, column, count, isCounting, mayChange, onChange }: OptionRowProps) {
  const { t } = useLingui();
  const [isMerging, setMerging] = useState(false);
  const name = option.name;
  const put = (changed: ColumnOption) =>
    onChange(column.options.map((each) => (each.id === option.id ? changed : each)));
  const remove = () => {
    onChange(column.options.filter((each) => each.id !== option.id));
    notifyUndo(t`“${name}” was taken away. Chats that have it keep it.`, () => onChange(column.options));
  };
  if (!mayChange) {
    return (
      <>
        <span className={classes.words}>
          <Pill option={option} />
        </span>
        <Count count={count} isCounting={isCounting} />
      </>
    );
  }
  return (
    <>
      <HueMenu hue={option.hue} label={t`Colour of ${name}`} onPick={(hue) => put({ ...option, hue })} />
      <NameField
        key={name}
        option={option}
        column={column}
        onRename={(written) => put({ ...option, name: written })}
      />
      <Count count={count} isCounting={isCounting} />
      <Group gap={4} wrap="nowrap">
        <ActionIcon
          size={32}
          aria-label={t`Merge ${name} into another`}
          disabled={column.options.length < 2 || column.merge !== null}
          onClick={() => setMerging(true)}
        >
          <Merge size={16} />
        </ActionIcon>
        <ActionIcon size={32} aria-label={t`Take ${name} away`} onClick={remove}>
          <Trash2 size={16} />
        </ActionIcon>
      </Group>
      {isMerging && (
        <MergeDialog column={column} option={option} count={count} onClose={() => setMerging(false)} />
      )}
    </>
  );
}

interface NameFieldProps {
  option: ColumnOption;
  column: Column;
  onRename: (name: string) => void;
}

/** Kept on Enter and when it is left, taken back by Escape. */
function NameField({ option, column, onRename }: NameFieldProps) {
  const { t } = useLingui();
  const [name, setName] = useState(option.name);
  const wanted = name.trim();
  const isTwin = column.options.some(
    (each) => each.id !== option.id && each.name.toLocaleLowerCase() === wanted.toLocaleLowerCase(),
  );
  const keep = () => {
    if (wanted === "" || isTwin) setName(option.name);
    else if (wanted !== option.name) onRename(wanted);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === "Enter") event.currentTarget.blur();
    else if (event.key === "Escape") setName(option.name);
  };
  return (
    <TextInput
      className={classes.name}
      aria-label={t`Name of ${option.name}`}
      dir="auto"
      maxLength={100}
      value={name}
      error={isTwin && t`Another one has this name`}
      onChange={(event) => setName(event.currentTarget.value)}
      onBlur={keep}
      onKeyDown={onKeyDown}
    />
  );
}

function Count({ count, isCounting }: { count: number | undefined; isCounting: boolean }) {
  return (
    <Text size="sm" c="dimmed" component="div" className={classes.count}>
      {count === undefined ? null : <Plural value={count} one="# chat" other="# chats" />}
      {isCounting && <Loader size={12} ml="xs" />}
      {count === undefined && !isCounting && <Trans>not counted</Trans>}
    </Text>
  );
}
