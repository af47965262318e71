/** A date: typed in the usual ways, or picked from the calendar below. */

import { useLingui } from "@lingui/react/macro";
import { Button, Stack, TextInput } from "@mantine/core";
import { DatePicker } from "@mantine/dates";
import { type KeyboardEvent, useState } from "react";
import { refusalText } from "../refusalText";
import { parseValue, plainText } from "../values";
import { moveOf, type ValueEditorProps } from "./types";

export function DateEditor({ column, value, typed, onCommit, onCancel }: ValueEditorProps) {
  const { t } = useLingui();
  const [text, setText] = useState(typed ?? plainText(column, value));
  const parsed = parseValue(column, text);
  const onKeyDown = (event: KeyboardEvent) => {
    const move = moveOf(event);
    if (event.key === "Escape") onCancel();
    else if (move && parsed.ok) onCommit(parsed.value, move);
    if (move || event.key === "Escape") stop(event);
  };
  return (
    <Stack gap="sm" p="sm">
      <TextInput
        aria-label={column.name}
        autoFocus
        placeholder="2026-12-31"
        value={text}
        error={parsed.ok ? undefined : refusalText(parsed.refusal)}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <DatePicker
        size="sm"
        weekendDays={[]}
        value={parsed.ok && typeof parsed.value === "string" ? parsed.value : null}
        {...(parsed.ok && typeof parsed.value === "string" ? { defaultDate: parsed.value } : {})}
        onChange={(picked) => onCommit(picked, "stay")}
      />
      {value !== null && (
        <Button variant="subtle" color="gray" size="compact-sm" onClick={() => onCommit(null, "stay")}>
          {t`Clear`}
        </Button>
      )}
    </Stack>
  );
}

function stop(event: KeyboardEvent): void {
  event.preventDefault();
  event.stopPropagation();
}
