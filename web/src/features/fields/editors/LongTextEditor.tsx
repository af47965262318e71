/** A long text: read whole before it is changed; Ctrl+Enter and Tab keep it, Escape does not. */

import { useLingui } from "@lingui/react/macro";
import { Box, Loader, Text, Textarea } from "@mantine/core";
import { type KeyboardEvent, useState } from "react";
import { problemText } from "@/lib/problemText";
import { refusalText } from "../refusalText";
import { useWhole } from "../useWhole";
import { parseValue } from "../values";
import { moveOf, type ValueEditorProps } from "./types";

export function LongTextEditor({ whole, ...props }: ValueEditorProps) {
  const { text, problem } = useWhole(whole, typeof props.value === "string" ? props.value : "");
  if (problem) {
    return (
      <Text c="red" size="sm" p="sm" role="alert">
        {problemText(problem)}
      </Text>
    );
  }
  if (text === undefined) return <Loader size="sm" m="md" />;
  return <Writing {...props} text={text} />;
}

function Writing({
  column,
  text: stands,
  typed,
  onCommit,
  onDraft,
  onCancel,
}: ValueEditorProps & { text: string }) {
  const { t } = useLingui();
  const [text, setText] = useState(typed ?? stands);
  const parsed = parseValue(column, text);
  const onKeyDown = (event: KeyboardEvent) => {
    const move = moveOf(event);
    const isKept = event.key === "Tab" || event.ctrlKey || event.metaKey;
    if (event.key === "Escape") onCancel();
    else if (move && isKept && parsed.ok) onCommit(parsed.value, move);
    else return event.stopPropagation();
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <Box p="sm" miw={360}>
      <Textarea
        aria-label={column.name}
        autoFocus
        autosize
        minRows={4}
        maxRows={14}
        dir="auto"
        description={t`Ctrl+Enter to keep it`}
        value={text}
        error={parsed.ok ? undefined : refusalText(parsed.refusal)}
        onChange={(event) => {
          const typedNow = event.currentTarget.value;
          setText(typedNow);
          const read = parseValue(column, typedNow);
          if (read.ok) onDraft?.(read.value);
        }}
        onKeyDown={onKeyDown}
      />
    </Box>
  );
}
