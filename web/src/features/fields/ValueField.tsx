/** One custom value in the details panel: its label, what it holds, and the way to change it. */

import { useLingui } from "@lingui/react/macro";
import { Checkbox, Input, Loader, Textarea, TextInput, UnstyledButton } from "@mantine/core";
import { useClickOutside } from "@mantine/hooks";
import { type KeyboardEvent, lazy, type ReactNode, Suspense, useEffect, useRef, useState } from "react";
import type { Column } from "@/lib/api/types";
import { SelectEditor } from "./editors/SelectEditor";
import { Pill } from "./Pill";
import { refusalText } from "./refusalText";
import classes from "./ValueField.module.css";
import { type CellValue, optionOf, parseValue, plainText, valueText } from "./values";

const DateEditor = lazy(async () => ({ default: (await import("./editors/DateEditor")).DateEditor }));

interface ValueFieldProps {
  column: Column;
  value: CellValue;
  /** It is shown, and can't be changed. */
  isReadOnly: boolean;
  onChange: (value: CellValue) => void;
  onCreateOption: (name: string) => Promise<string>;
}

export function ValueField(props: ValueFieldProps) {
  switch (props.column.type) {
    case "text":
    case "number":
      return <WrittenField {...props} key={plainText(props.column, props.value)} />;
    case "checkbox":
      return <CheckField {...props} />;
    case "date":
    case "select":
      return <PickedField {...props} />;
  }
}

/** Text and numbers: committed on Enter and when the field is left, taken back by Escape. */
function WrittenField({ column, value, isReadOnly, onChange }: ValueFieldProps) {
  const stands = plainText(column, value);
  const [text, setText] = useState(stands);
  const parsed = parseValue(column, text);
  const commit = () => {
    if (parsed.ok && text !== stands) onChange(parsed.value);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === "Escape") setText(stands);
    else if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    event.currentTarget.blur();
  };
  const shared = {
    label: column.name,
    value: text,
    readOnly: isReadOnly,
    error: parsed.ok ? undefined : refusalText(parsed.refusal),
    onBlur: commit,
    onKeyDown,
    dir: "auto" as const,
  };
  if (column.type === "number") {
    return (
      <TextInput {...shared} inputMode="decimal" onChange={(event) => setText(event.currentTarget.value)} />
    );
  }
  return (
    <Textarea
      {...shared}
      autosize
      minRows={1}
      maxRows={6}
      onChange={(event) => setText(event.currentTarget.value)}
    />
  );
}

function CheckField({ column, value, isReadOnly, onChange }: ValueFieldProps) {
  return (
    <Checkbox
      label={column.name}
      checked={value === true}
      disabled={isReadOnly}
      onChange={(event) => onChange(event.currentTarget.checked ? true : null)}
    />
  );
}

/** The editor drops down over what comes below; placing it needs no positioning engine. */
function PickedField({ column, value, isReadOnly, onChange, onCreateOption }: ValueFieldProps) {
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const field = useClickOutside<HTMLDivElement>(() => setOpen(false));
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  const editor = {
    column,
    value,
    onCommit: (picked: CellValue) => {
      onChange(picked);
      close();
    },
    onCancel: close,
    onCreateOption,
  };
  return (
    <Input.Wrapper label={column.name} labelElement="div">
      <div ref={field} className={classes.picked}>
        <ShownValue
          ref={button}
          column={column}
          value={value}
          aria-haspopup="dialog"
          aria-expanded={isOpen}
          disabled={isReadOnly}
          onClick={() => setOpen(!isOpen)}
        />
        {isOpen && (
          <Dropdown>
            {column.type === "select" ? (
              <SelectEditor {...editor} />
            ) : (
              <Suspense fallback={<Loader size="sm" m="md" />}>
                <DateEditor {...editor} />
              </Suspense>
            )}
          </Dropdown>
        )}
      </div>
    </Input.Wrapper>
  );
}

/** Comes into view as a whole when it opens near the lower edge. */
function Dropdown({ children }: { children: ReactNode }) {
  const dropdown = useRef<HTMLDivElement>(null);
  useEffect(() => dropdown.current?.scrollIntoView({ block: "nearest" }), []);
  return (
    <div ref={dropdown} className={classes.dropdown}>
      {children}
    </div>
  );
}

interface ShownValueProps {
  column: Column;
  value: CellValue;
  onClick: () => void;
  "aria-haspopup": "dialog";
  "aria-expanded": boolean;
  disabled: boolean;
  ref: React.Ref<HTMLButtonElement>;
}

function ShownValue({ column, value, ...rest }: ShownValueProps) {
  const { t } = useLingui();
  const text = valueText(column, value);
  const label = text === "" ? t`${column.name}: empty` : `${column.name}: ${text}`;
  return (
    <UnstyledButton {...rest} className={classes.value} aria-label={label}>
      {shown(column, value) ?? <span className={classes.empty}>—</span>}
    </UnstyledButton>
  );
}

function shown(column: Column, value: CellValue): ReactNode {
  if (value === null) return null;
  if (column.type !== "select") return valueText(column, value);
  const option = optionOf(column, value);
  return option ? <Pill option={option} /> : null;
}
