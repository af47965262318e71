/** The options of a column as choices: those whose name holds what was typed, and a new one of that name. */

import { Trans } from "@lingui/react/macro";
import { Text } from "@mantine/core";
import { Plus } from "lucide-react";
import type { Column } from "@/lib/api/types";
import { Pill } from "../Pill";
import type { Choice } from "./ChoiceList";
import classes from "./ChoiceList.module.css";
import type { Move } from "./types";

interface OptionChoices {
  column: Pick<Column, "options">;
  search: string;
  isChosen: (optionId: string) => boolean;
  onPick: (optionId: string, move: Move) => void;
  /** Adds an option and gives its id. Absent where options cannot be added. */
  onCreate: ((name: string) => Promise<string>) | undefined;
  setCreating: (is: boolean) => void;
}

export function optionChoices(props: OptionChoices): Choice[] {
  const { column, search, isChosen, onPick } = props;
  const wanted = search.trim().toLocaleLowerCase();
  const fitting = column.options.filter((each) => each.name.toLocaleLowerCase().includes(wanted));
  const choices = fitting.map(
    (option): Choice => ({
      key: option.id,
      label: <Pill option={option} />,
      isChosen: isChosen(option.id),
      choose: (move) => onPick(option.id, move),
    }),
  );
  const isNew = wanted !== "" && !fitting.some((each) => each.name.toLocaleLowerCase() === wanted);
  return isNew && props.onCreate ? [...choices, creating(props, props.onCreate)] : choices;
}

export function clearing(choose: Choice["choose"]): Choice {
  const label = (
    <Text size="sm" c="dimmed">
      <Trans>Clear</Trans>
    </Text>
  );
  return { key: "clear", label, isChosen: false, choose };
}

function creating(
  { search, onPick, setCreating }: OptionChoices,
  create: (name: string) => Promise<string>,
): Choice {
  const name = search.trim();
  const choose = async (move: Move) => {
    setCreating(true);
    try {
      onPick(await create(name), move);
    } catch {
      // The refusal was told where the option is created.
    } finally {
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
