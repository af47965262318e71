/** What a condition compares with: a text, a number, a day, a span, one choice or several. */

import { useLingui } from "@lingui/react/macro";
import { MultiSelect, Select, TextInput } from "@mantine/core";
import { useState } from "react";
import type { FieldFacts } from "../fields";
import classes from "./FilterBuilder.module.css";
import { type FilterValue, MAX_CHOICES, needsMany, needsNoValue, type Operator } from "./model";
import { countedSpan, isNamedSpan, namedSpans } from "./spans";
import { useFilterWords } from "./useFilterWords";

interface ValueInputProps {
  field: FieldFacts;
  operator: Operator;
  value: FilterValue | undefined;
  /** Undefined: nothing that could be compared with, yet. */
  onChange: (value: FilterValue | undefined) => void;
}

export function ValueInput(props: ValueInputProps) {
  const { field, operator } = props;
  if (needsNoValue(operator)) return null;
  if (operator === "within") return <SpanInput {...props} />;
  if (needsMany(operator)) return <ManyInput {...props} />;
  if (operator === "between") return <PairInput {...props} />;
  if (field.kind === "check") return <CheckInput {...props} />;
  if (field.kind === "choice" || field.kind === "person") return <ChoiceInput {...props} />;
  return <TypedInput {...props} />;
}

const inPlace = { withinPortal: false } as const;

function ChoiceInput({ field, value, onChange }: ValueInputProps) {
  const { t } = useLingui();
  return (
    <Select
      size="sm"
      aria-label={t`Value`}
      className={classes.value ?? ""}
      data={[...(field.choices ?? [])]}
      value={typeof value === "string" ? value : null}
      searchable
      comboboxProps={inPlace}
      onChange={(chosen) => onChange(chosen ?? undefined)}
    />
  );
}

function ManyInput({ field, value, onChange }: ValueInputProps) {
  const { t } = useLingui();
  return (
    <MultiSelect
      size="sm"
      aria-label={t`Values`}
      className={classes.value ?? ""}
      data={[...(field.choices ?? [])]}
      value={Array.isArray(value) ? value.map(String) : []}
      searchable
      maxValues={MAX_CHOICES}
      comboboxProps={inPlace}
      onChange={(chosen) => onChange(chosen.length > 0 ? chosen : undefined)}
    />
  );
}

function CheckInput({ value, onChange }: ValueInputProps) {
  const { t } = useLingui();
  return (
    <Select
      size="sm"
      aria-label={t`Value`}
      className={classes.value ?? ""}
      data={[
        { value: "true", label: t`yes` },
        { value: "false", label: t`no` },
      ]}
      value={String(value)}
      allowDeselect={false}
      comboboxProps={inPlace}
      onChange={(chosen) => onChange(chosen === "true")}
    />
  );
}

const TYPES = { number: "number", day: "date", moment: "date" } as const;

function typeOf({ kind }: FieldFacts): "text" | "number" | "date" {
  return kind === "number" || kind === "day" || kind === "moment" ? TYPES[kind] : "text";
}

/** The typed text as the value it is; a number that is none, and an empty text, are no value. */
function readTyped(field: FieldFacts, text: string): string | number | undefined {
  if (text.trim() === "") return undefined;
  if (field.kind !== "number") return text;
  const number = Number(text);
  return Number.isFinite(number) ? number : undefined;
}

function TypedInput({ field, value, onChange }: ValueInputProps) {
  const { t } = useLingui();
  const [text, setText] = useState(value === undefined ? "" : String(value));
  return (
    <TextInput
      size="sm"
      type={typeOf(field)}
      step="any"
      aria-label={t`Value`}
      className={classes.value ?? ""}
      value={text}
      onChange={({ currentTarget }) => {
        setText(currentTarget.value);
        onChange(readTyped(field, currentTarget.value));
      }}
    />
  );
}

function PairInput({ field, value, onChange }: ValueInputProps) {
  const { t } = useLingui();
  const [least = "", most = ""] = Array.isArray(value) ? value.map(String) : [];
  const [texts, setTexts] = useState([least, most] as const);
  const change = (next: readonly [string, string]) => {
    setTexts(next);
    const [first, second] = next.map((each) => readTyped(field, each));
    onChange(
      first === undefined || second === undefined ? undefined : ([first, second] as string[] | number[]),
    );
  };
  const shared = { size: "sm", type: typeOf(field), step: "any" } as const;
  return (
    <div className={classes.pair}>
      <TextInput
        {...shared}
        aria-label={t`From`}
        value={texts[0]}
        onChange={({ currentTarget }) => change([currentTarget.value, texts[1]])}
      />
      <TextInput
        {...shared}
        aria-label={t`To`}
        value={texts[1]}
        onChange={({ currentTarget }) => change([texts[0], currentTarget.value])}
      />
    </div>
  );
}

const COUNTED = ["last", "next"] as const;

function SpanInput({ value, onChange }: ValueInputProps) {
  const { t } = useLingui();
  const words = useFilterWords();
  const name = typeof value === "string" ? value : "";
  const counted = countedSpan(name);
  const [days, setDays] = useState(String(counted?.days ?? 7));
  const [which, setWhich] = useState<string | null>(counted?.which ?? (isNamedSpan(name) ? name : null));
  const choose = (next: string | null, count: string) => {
    setWhich(next);
    setDays(count);
    const span = next === "last" || next === "next" ? `${next}_${Number(count)}_days` : next;
    onChange(span ?? undefined);
  };
  const isCounted = which === "last" || which === "next";
  return (
    <div className={classes.pair}>
      <Select
        size="sm"
        aria-label={t`Span of days`}
        data={[
          ...namedSpans.map((each) => ({ value: each, label: words.span(each) })),
          { value: COUNTED[0], label: t`the last … days` },
          { value: COUNTED[1], label: t`the next … days` },
        ]}
        value={which}
        allowDeselect={false}
        comboboxProps={inPlace}
        onChange={(next) => choose(next, days)}
      />
      {isCounted && (
        <TextInput
          size="sm"
          type="number"
          min={1}
          max={3650}
          aria-label={t`Days`}
          value={days}
          onChange={({ currentTarget }) => choose(which, currentTarget.value)}
        />
      )}
    </div>
  );
}
