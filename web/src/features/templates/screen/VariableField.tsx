/** Asks which variable goes into the text, and what stands there where a chat has nothing for it. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Select, TextInput } from "@mantine/core";
import { type KeyboardEvent, useState } from "react";
import { MAX_FALLBACK_CHARACTERS, written } from "../variables";
import { useVariableWords, type VariableWord } from "../words";
import classes from "./TemplateEditor.module.css";

interface Props {
  onInsert: (variable: string) => void;
  onCancel: () => void;
}

export function VariableField({ onInsert, onCancel }: Props) {
  const { t } = useLingui();
  const { ofEveryChat, ofColumns } = useVariableWords();
  const [name, setName] = useState<string | null>(ofEveryChat[0]?.name ?? null);
  const [fallback, setFallback] = useState("");
  const insert = () => name && onInsert(written(name, fallback.trim() === "" ? undefined : fallback.trim()));
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter") insert();
    else if (event.key === "Escape") onCancel();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className={classes.variable}>
      <Select
        size="xs"
        label={t`Variable`}
        data-autofocus
        autoFocus
        searchable
        allowDeselect={false}
        nothingFoundMessage={t`Nothing found`}
        data={[
          { group: t`Chat`, items: ofEveryChat.map(choice) },
          { group: t`Columns`, items: ofColumns.map(choice) },
        ].filter(({ items }) => items.length > 0)}
        value={name}
        onChange={setName}
      />
      <TextInput
        size="xs"
        label={t`Where there is nothing`}
        placeholder={t`Ask before sending`}
        maxLength={MAX_FALLBACK_CHARACTERS}
        value={fallback}
        onChange={(event) => setFallback(event.currentTarget.value.replaceAll(/[{}]/gu, ""))}
        onKeyDown={onKeyDown}
      />
      <Button size="xs" disabled={!name} onClick={insert}>
        <Trans>Insert</Trans>
      </Button>
      <Button size="xs" variant="default" onClick={onCancel}>
        <Trans>Cancel</Trans>
      </Button>
    </div>
  );
}

function choice({ name, label }: VariableWord) {
  return { value: name, label };
}
