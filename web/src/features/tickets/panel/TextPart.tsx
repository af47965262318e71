/** A text of a ticket, kept when it is left. What others make of it meanwhile is shown while nobody types here. */

import { useLingui } from "@lingui/react/macro";
import { Textarea, TextInput } from "@mantine/core";
import { type KeyboardEvent, useState } from "react";

interface TextPartProps {
  label: string;
  text: string;
  most: number;
  isLong?: boolean;
  isRequired?: boolean;
  isReadOnly: boolean;
  onChange: (text: string) => void;
}

export function TextPart(props: TextPartProps) {
  const { label, text, most, isLong = false, isRequired = false, isReadOnly, onChange } = props;
  const { t } = useLingui();
  const [typed, setTyped] = useState<string>();
  const shown = typed ?? text;
  const isMissing = isRequired && shown.trim() === "";
  const keep = () => {
    if (typed !== undefined && !isMissing && typed.trim() !== text) onChange(typed.trim());
    setTyped(undefined);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const isDone = event.key === "Enter" && (!isLong || event.ctrlKey || event.metaKey);
    if (event.key === "Escape") setTyped(undefined);
    else if (isDone) keep();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const field = {
    label,
    dir: "auto",
    value: shown,
    maxLength: most,
    readOnly: isReadOnly,
    error: isMissing ? t`This can't be empty.` : undefined,
    onChange: (event: { currentTarget: { value: string } }) => setTyped(event.currentTarget.value),
    onBlur: keep,
    onKeyDown,
  };
  return isLong ? <Textarea {...field} autosize minRows={3} maxRows={20} /> : <TextInput {...field} />;
}
