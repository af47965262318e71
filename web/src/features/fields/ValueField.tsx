/** One custom value in the details panel: its label, what it holds, and the way to change it. */

import { useLingui } from "@lingui/react/macro";
import { Checkbox, Group, Input, Loader, Skeleton, Textarea, TextInput, UnstyledButton } from "@mantine/core";
import { useClickOutside } from "@mantine/hooks";
import { type KeyboardEvent, lazy, type ReactNode, Suspense, useEffect, useRef, useState } from "react";
import type { Column } from "@/lib/api/types";
import { problemText } from "@/lib/problemText";
import type { ReadableColumn } from "./columns";
import { fieldMark } from "./openValueField";
import { Pill } from "./Pill";
import { refusalText } from "./refusalText";
import { useWhole } from "./useWhole";
import classes from "./ValueField.module.css";
import { type CellValue, isMissing, optionsOf, parseValue, plainText, valueText } from "./values";

const ValueFiles = lazy(() => import("./ValueFiles"));
const CellEditor = lazy(async () => ({ default: (await import("./editors/CellEditor")).CellEditor }));

interface ValueFieldProps {
  column: ReadableColumn;
  value: CellValue;
  /** Fetches all of a long text that is shown by its beginning; absent where `value` is all of it. */
  whole?: (() => Promise<string>) | undefined;
  /** What the column is for. */
  description?: string | undefined;
  /** It is shown, and can't be changed. */
  isReadOnly: boolean;
  onChange: (value: CellValue) => void;
  /** Adds an option and gives its id. Absent where options cannot be added. */
  onCreateOption?: ((name: string) => Promise<string>) | undefined;
}

export function ValueField(props: ValueFieldProps) {
  switch (props.column.type) {
    case "text":
    case "number":
      return <WrittenField {...props} key={plainText(props.column, props.value)} />;
    case "long_text":
      return <LongField {...props} />;
    case "checkbox":
      return <CheckField {...props} />;
    case "date":
    case "select":
    case "multiselect":
    case "person":
      return <PickedField {...props} />;
    case "files":
      return <FilesField {...props} />;
  }
}

function FilesField({ column, value, isReadOnly, onChange, description }: ValueFieldProps) {
  return (
    <Input.Wrapper
      label={column.name}
      labelElement="div"
      description={description}
      error={useMissing(column, value)}
      role="group"
      aria-label={column.name}
    >
      <Suspense fallback={<Skeleton height={36} />}>
        <ValueFiles value={value} isReadOnly={isReadOnly} onChange={onChange} />
      </Suspense>
    </Input.Wrapper>
  );
}

/** Text and numbers: committed on Enter (long texts with Ctrl) and when the field is left, taken back by Escape. */
function WrittenField({ column, value, isReadOnly, onChange, description }: ValueFieldProps) {
  const isLong = column.type === "long_text";
  const stands = plainText(column, value);
  const [text, setText] = useState(stands);
  const parsed = parseValue(column, text);
  const missing = useMissing(column, parsed.ok ? parsed.value : value);
  const isTakenBack = useRef(false);
  const commit = () => {
    const isKept = parsed.ok && text !== stands && !missing && !isTakenBack.current;
    isTakenBack.current = false;
    if (isKept) onChange(parsed.value);
  };
  const takeBack = () => {
    isTakenBack.current = true;
    setText(stands);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === "Escape") takeBack();
    else if (event.key !== "Enter" || event.shiftKey || (isLong && !event.ctrlKey && !event.metaKey)) return;
    event.preventDefault();
    event.stopPropagation();
    event.currentTarget.blur();
  };
  const shared = {
    label: column.name,
    value: text,
    readOnly: isReadOnly,
    description,
    error: parsed.ok ? missing : refusalText(parsed.refusal),
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
      minRows={isLong ? 3 : 1}
      maxRows={isLong ? 14 : 6}
      onChange={(event) => setText(event.currentTarget.value)}
    />
  );
}

function CheckField({ column, value, isReadOnly, onChange, description }: ValueFieldProps) {
  return (
    <Checkbox
      label={column.name}
      description={description}
      error={useMissing(column, value)}
      checked={value === true}
      disabled={isReadOnly}
      onChange={(event) => onChange(event.currentTarget.checked ? true : unchecked(column))}
    />
  );
}

/** All of a long text, fetched when it is shown only by its beginning. Kept when the field is left. */
function LongField({ whole, ...props }: ValueFieldProps) {
  const { text, problem } = useWhole(whole, plainText(props.column, props.value));
  if (problem) return <Input.Wrapper label={props.column.name} error={problemText(problem)} />;
  if (text === undefined) return <Skeleton height={60} />;
  return <WrittenField {...props} value={text === "" ? null : text} key={text} />;
}

/** The editor drops down over what comes below; placing it needs no positioning engine. */
function PickedField({ column, value, isReadOnly, onChange, onCreateOption, description }: ValueFieldProps) {
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const draft = useRef<CellValue>(undefined);
  const leave = () => {
    if (isOpen && draft.current !== undefined) onChange(draft.current);
    draft.current = undefined;
    setOpen(false);
  };
  const field = useClickOutside<HTMLDivElement>(leave);
  const close = () => {
    draft.current = undefined;
    setOpen(false);
    button.current?.focus();
  };
  return (
    <Input.Wrapper
      label={column.name}
      labelElement="div"
      description={description}
      error={useMissing(column, value)}
    >
      <div ref={field} className={classes.picked}>
        <ShownValue
          ref={button}
          column={column}
          value={value}
          aria-haspopup="dialog"
          aria-expanded={isOpen}
          disabled={isReadOnly}
          onClick={() => (isOpen ? leave() : setOpen(true))}
        />
        {isOpen && (
          <Dropdown>
            <Suspense fallback={<Loader size="sm" m="md" />}>
              <CellEditor
                column={column}
                value={value}
                onCommit={(picked) => {
                  onChange(picked);
                  close();
                }}
                onDraft={(picked) => {
                  draft.current = picked;
                }}
                onCancel={close}
                onCreateOption={onCreateOption}
              />
            </Suspense>
          </Dropdown>
        )}
      </div>
    </Input.Wrapper>
  );
}

/** What is said of a required column without a value. */
function useMissing(column: Column, value: CellValue): string | undefined {
  const { t } = useLingui();
  return isMissing(column, value) ? t`Required` : undefined;
}

/** Comes into view as a whole when it opens near the lower edge. */
function Dropdown({ children }: { children: ReactNode }) {
  const dropdown = useRef<HTMLDivElement>(null);
  // Newer browsers answer a promise here, which is no clean-up.
  useEffect(() => void dropdown.current?.scrollIntoView({ block: "nearest" }), []);
  return (
    <div ref={dropdown} className={classes.dropdown}>
      {children}
    </div>
  );
}

interface ShownValueProps {
  column: ReadableColumn;
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
    <UnstyledButton {...rest} {...fieldMark(column.id)} className={classes.value} aria-label={label}>
      {shown(column, value) ?? <span className={classes.empty}>—</span>}
    </UnstyledButton>
  );
}

function shown(column: ReadableColumn, value: CellValue): ReactNode {
  const options = optionsOf(column, value);
  if (options.length === 0) return valueText(column, value) || null;
  return (
    <Group gap={4}>
      {options.map((option) => (
        <Pill key={option.id} option={option} />
      ))}
    </Group>
  );
}

/** A box that is not ticked says nothing, but where something must be said, or stands by default. */
function unchecked({ required, default: standing }: Column): false | null {
  return required || standing !== null ? false : null;
}
