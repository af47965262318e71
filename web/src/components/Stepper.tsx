/** A small whole number with a button at each side. */

import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Input } from "@mantine/core";
import { Minus, Plus } from "lucide-react";
import { useId } from "react";

import classes from "./Stepper.module.css";

interface Props {
  /** What is counted; the field's and the buttons' name. */
  label: string;
  value: number;
  most: number;
  onChange: (value: number) => void;
}

export function Stepper({ label, value, most, onChange }: Props) {
  const { t } = useLingui();
  const id = useId();
  const step = (next: number) => onChange(Math.min(most, Math.max(0, next)));
  return (
    <fieldset className={classes.stepper} aria-label={label}>
      <ActionIcon
        size={36}
        className={classes.step}
        variant="default"
        aria-label={t`One fewer: ${label}`}
        aria-controls={id}
        disabled={value <= 0}
        onClick={() => step(value - 1)}
      >
        <Minus size={16} />
      </ActionIcon>
      <Input
        id={id}
        aria-label={label}
        inputMode="numeric"
        className={classes.number}
        value={value}
        onChange={(event) => step(Number(event.currentTarget.value.replaceAll(/\D/g, "")))}
        onKeyDown={(event) => {
          const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
          if (by === undefined) return;
          event.preventDefault();
          step(value + by);
        }}
        onFocus={(event) => event.currentTarget.select()}
      />
      <ActionIcon
        size={36}
        className={classes.step}
        variant="default"
        aria-label={t`One more: ${label}`}
        aria-controls={id}
        disabled={value >= most}
        onClick={() => step(value + 1)}
      >
        <Plus size={16} />
      </ActionIcon>
    </fieldset>
  );
}
