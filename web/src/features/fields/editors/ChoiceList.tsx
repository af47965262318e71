/** A field to search in and the choices below it: the combobox all editors that pick something are made of. */

import { useLingui } from "@lingui/react/macro";
import { Loader, Text, TextInput } from "@mantine/core";
import { Check } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useId, useState } from "react";
import classes from "./ChoiceList.module.css";
import { type Move, moveOf } from "./types";

export interface Choice {
  key: string;
  label: ReactNode;
  isChosen: boolean;
  choose: (move: Move) => void;
}

interface ChoiceListProps {
  label: string;
  placeholder?: string;
  search: string;
  onSearch: (search: string) => void;
  choices: readonly Choice[];
  /** More than one may be chosen. */
  isMultiple?: boolean;
  isBusy?: boolean;
  /** What stands where there is nothing to choose. */
  empty: ReactNode;
  /** Stands above the search: what is chosen already. */
  above?: ReactNode;
  onCancel: () => void;
  /** Keys that mean something else here; true when it was handled. */
  onKey?: (event: KeyboardEvent) => boolean;
}

export function ChoiceList(props: ChoiceListProps) {
  const { choices, label, search, isBusy = false } = props;
  const { t } = useLingui();
  const listId = useId();
  const [marked, setMarked] = useState(0);
  const at = Math.min(marked, choices.length - 1);
  const onKeyDown = (event: KeyboardEvent) => {
    const move = moveOf(event);
    if (isBusy) return event.stopPropagation();
    if (props.onKey?.(event)) setMarked(at);
    else if (event.key === "ArrowDown") setMarked(Math.min(at + 1, choices.length - 1));
    else if (event.key === "ArrowUp") setMarked(Math.max(at - 1, 0));
    else if (event.key === "Escape") props.onCancel();
    else if (move) choices[at]?.choose(move);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className={classes.editor}>
      {props.above}
      <TextInput
        autoFocus
        role="combobox"
        aria-label={label}
        aria-expanded
        aria-controls={listId}
        aria-activedescendant={`${listId}-${at}`}
        placeholder={props.placeholder ?? t`Find`}
        value={search}
        // A field that is disabled loses the focus, and what is typed next goes elsewhere.
        readOnly={isBusy}
        rightSection={isBusy ? <Loader size={14} /> : null}
        onChange={(event) => {
          props.onSearch(event.currentTarget.value);
          setMarked(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div
        role="listbox"
        id={listId}
        aria-label={label}
        aria-multiselectable={props.isMultiple}
        className={classes.list}
      >
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
          <Text size="sm" c="dimmed" p="sm" component="div">
            {props.empty}
          </Text>
        )}
      </div>
    </div>
  );
}
