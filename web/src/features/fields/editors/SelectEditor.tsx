/** One of the column's options: found by typing, or made while editing. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Loader, Text, TextInput } from "@mantine/core";
import { Check, Plus } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useId, useState } from "react";
import { Pill } from "../Pill";
import type { CellValue } from "../values";
import classes from "./SelectEditor.module.css";
import { type Move, moveOf, type ValueEditorProps } from "./types";

interface Choice {
  key: string;
  label: ReactNode;
  isChosen: boolean;
  choose: (move: Move) => void;
}

export function SelectEditor(props: ValueEditorProps) {
  const { column, onCancel } = props;
  const { t } = useLingui();
  const listId = useId();
  const [search, setSearch] = useState(props.typed ?? "");
  const [isCreating, setCreating] = useState(false);
  const choices = choicesOf(props, search, setCreating);
  const [marked, setMarked] = useState(0);
  const at = Math.min(marked, choices.length - 1);
  const onKeyDown = (event: KeyboardEvent) => {
    const move = moveOf(event);
    if (event.key === "ArrowDown") setMarked(Math.min(at + 1, choices.length - 1));
    else if (event.key === "ArrowUp") setMarked(Math.max(at - 1, 0));
    else if (event.key === "Escape") onCancel();
    else if (move) choices[at]?.choose(move);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className={classes.editor}>
      <TextInput
        autoFocus
        role="combobox"
        aria-label={column.name}
        aria-expanded
        aria-controls={listId}
        aria-activedescendant={`${listId}-${at}`}
        placeholder={t`Find or create`}
        value={search}
        disabled={isCreating}
        rightSection={isCreating ? <Loader size={14} /> : null}
        onChange={(event) => {
          setSearch(event.currentTarget.value);
          setMarked(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div role="listbox" id={listId} aria-label={column.name} className={classes.list}>
        {choices.map((choice, index) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the combobox keeps the focus and names the active option.
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the combobox.
          <div
            key={choice.key}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={choice.isChosen}
            data-marked={index === at}
            className={classes.option}
            onPointerEnter={() => setMarked(index)}
            onClick={() => choice.choose("stay")}
          >
            {choice.label}
            {choice.isChosen && <Check size={14} aria-hidden />}
          </div>
        ))}
        {choices.length === 0 && (
          <Text size="sm" c="dimmed" p="sm">
            <Trans>No options yet. Type a name to make one.</Trans>
          </Text>
        )}
      </div>
    </div>
  );
}

function choicesOf(props: ValueEditorProps, search: string, setCreating: (is: boolean) => void): Choice[] {
  const { column, value, onCommit, onCreateOption } = props;
  const wanted = search.trim().toLocaleLowerCase();
  const fitting = column.options.filter((each) => each.name.toLocaleLowerCase().includes(wanted));
  const commit = (picked: CellValue) => (move: Move) => onCommit(picked, move);
  const choices: Choice[] = fitting.map((option) => ({
    key: option.id,
    label: <Pill option={option} />,
    isChosen: option.id === value,
    choose: commit(option.id),
  }));
  if (wanted === "" && value !== null) choices.push(clearing(commit(null)));
  const isNew = wanted !== "" && !fitting.some((each) => each.name.toLocaleLowerCase() === wanted);
  if (isNew && onCreateOption) choices.push(creating(search.trim(), onCreateOption, onCommit, setCreating));
  return choices;
}

function clearing(choose: Choice["choose"]): Choice {
  const label = (
    <Text size="sm" c="dimmed">
      <Trans>Clear</Trans>
    </Text>
  );
  return { key: "clear", label, isChosen: false, choose };
}

function creating(
  name: string,
  create: (name: string) => Promise<string>,
  onCommit: ValueEditorProps["onCommit"],
  setCreating: (is: boolean) => void,
): Choice {
  const choose = async (move: Move) => {
    setCreating(true);
    try {
      onCommit(await create(name), move);
    } catch {
      setCreating(false);
    }
  };
  const label = (
    <span className={classes.create}>
      <Plus size={14} aria-hidden />
      <Trans>Create “{name}”</Trans>
    </span>
  );
  return { key: "create", label, isChosen: false, choose: (move) => void choose(move) };
}
