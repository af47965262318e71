/** Some of the column's options: each is chosen or let go by Enter or a click; Tab and leaving keep what is chosen. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Group } from "@mantine/core";
import { type KeyboardEvent, useRef, useState } from "react";
import { Pill } from "../Pill";
import { optionsOf } from "../values";
import { ChoiceList } from "./ChoiceList";
import { optionChoices } from "./optionChoices";
import { type Move, moveOf, type ValueEditorProps } from "./types";

export function MultiselectEditor(props: ValueEditorProps) {
  const { column, value, onCommit, onDraft, onCancel, onCreateOption } = props;
  const { t } = useLingui();
  const [search, setSearch] = useState(props.typed ?? "");
  const [isCreating, setCreating] = useState(false);
  const [chosen, setChosen] = useState<string[]>(Array.isArray(value) ? value : []);
  // An option that is being made comes back when other picks may have been made since.
  const latest = useRef(chosen);
  const keep = (ids: string[]) => {
    latest.current = ids;
    setChosen(ids);
    onDraft?.(listed(ids));
  };
  const toggle = (id: string) => {
    const { current } = latest;
    keep(current.includes(id) ? current.filter((each) => each !== id) : [...current, id]);
    setSearch("");
  };
  const leave = (move: Move) => onCommit(listed(latest.current), move);
  const onKey = (event: KeyboardEvent): boolean => {
    const move = moveOf(event);
    if (event.key === "Tab" && move) leave(move);
    else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) leave("down");
    else if (event.key === "Backspace" && search === "" && chosen.length > 0) keep(chosen.slice(0, -1));
    else return false;
    return true;
  };
  return (
    <ChoiceList
      label={column.name}
      placeholder={t`Find or create`}
      search={search}
      onSearch={setSearch}
      isMultiple
      choices={optionChoices({
        column,
        search,
        isChosen: (id) => chosen.includes(id),
        onPick: toggle,
        onCreate: onCreateOption,
        setCreating,
      })}
      isBusy={isCreating}
      empty={<Trans>No options yet. Type a name to make one.</Trans>}
      above={
        chosen.length > 0 && (
          <Group gap={4} mb="xs">
            {optionsOf(column, chosen).map((option) => (
              <Pill key={option.id} option={option} />
            ))}
          </Group>
        )
      }
      onCancel={onCancel}
      onKey={onKey}
    />
  );
}

function listed(ids: string[]): string[] | null {
  return ids.length > 0 ? ids : null;
}
