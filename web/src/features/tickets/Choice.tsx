/** One of a few, changed where it stands: a native select that looks like its value. */

import type { Hue } from "@/lib/api/types";
import classes from "./Tickets.module.css";

export interface Option<V extends string> {
  value: V;
  label: string;
  hue?: Hue;
}

interface ChoiceProps<V extends string> {
  label: string;
  value: V;
  options: readonly Option<V>[];
  isReadOnly: boolean;
  onChange: (value: V) => void;
}

export function Choice<V extends string>({ label, value, options, isReadOnly, onChange }: ChoiceProps<V>) {
  const hue = options.find((each) => each.value === value)?.hue;
  const style = hue && { background: `var(--hue-${hue}-bg)`, color: `var(--hue-${hue}-text)` };
  return (
    <select
      aria-label={label}
      className={classes.choice}
      style={style}
      value={value}
      disabled={isReadOnly}
      onChange={(event) => onChange(event.currentTarget.value as V)}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}
