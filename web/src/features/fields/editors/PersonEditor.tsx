/** One of the workspace's members, found by typing. */

import { Trans } from "@lingui/react/macro";
import { Text } from "@mantine/core";
import { useState } from "react";
import { type Choice, ChoiceList } from "./ChoiceList";
import { clearing } from "./optionChoices";
import type { ValueEditorProps } from "./types";

export function PersonEditor({ column, value, typed, onCommit, onCancel }: ValueEditorProps) {
  const [search, setSearch] = useState(typed ?? "");
  const wanted = search.trim().toLocaleLowerCase();
  const fitting = (column.people?.members ?? []).filter((each) =>
    each.name.toLocaleLowerCase().includes(wanted),
  );
  const choices = fitting.map(
    ({ id, name }): Choice => ({
      key: id,
      label: (
        <Text size="sm" dir="auto">
          {name}
        </Text>
      ),
      isChosen: id === value,
      choose: (move) => onCommit(id, move),
    }),
  );
  const mayClear = wanted === "" && value !== null && !column.required;
  return (
    <ChoiceList
      label={column.name}
      search={search}
      onSearch={setSearch}
      choices={mayClear ? [...choices, clearing((move) => onCommit(null, move))] : choices}
      empty={<Trans>Nobody here is called that.</Trans>}
      onCancel={onCancel}
    />
  );
}
