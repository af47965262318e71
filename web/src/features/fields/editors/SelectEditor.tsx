/** One of the column's options: found by typing, or made while editing. */

import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { ChoiceList } from "./ChoiceList";
import { clearing, optionChoices } from "./optionChoices";
import type { ValueEditorProps } from "./types";

export function SelectEditor({ column, value, typed, onCommit, onCancel, onCreateOption }: ValueEditorProps) {
  const { t } = useLingui();
  const [search, setSearch] = useState(typed ?? "");
  const [isCreating, setCreating] = useState(false);
  const choices = optionChoices({
    column,
    search,
    isChosen: (id) => id === value,
    onPick: onCommit,
    onCreate: onCreateOption,
    setCreating,
  });
  const mayClear = search.trim() === "" && value !== null && !column.required;
  return (
    <ChoiceList
      label={column.name}
      placeholder={onCreateOption ? t`Find or create` : t`Find`}
      search={search}
      onSearch={setSearch}
      choices={mayClear ? [...choices, clearing((move) => onCommit(null, move))] : choices}
      isBusy={isCreating}
      empty={
        onCreateOption ? (
          <Trans>No options yet. Type a name to make one.</Trans>
        ) : (
          <Trans>Nothing to choose from.</Trans>
        )
      }
      onCancel={onCancel}
    />
  );
}
