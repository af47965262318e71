/** A short numeric code, a box for each digit. The last digit sends it, typed or pasted. */

import { PinInput } from "@mantine/core";

import classes from "./CodeBoxes.module.css";

interface Props {
  length: number;
  label: string;
  /** What a screen reader hears in a box; boxes count from 1. */
  digitLabel: (digit: number) => string;
  /** The element that says why the last code was refused. */
  errorId?: string | undefined;
  isReadOnly?: boolean;
  onCode: (code: string) => void;
}

/** Give it another `key` after a refusal: the boxes are then empty, with the focus in the first. */
export function CodeBoxes({ length, label, digitLabel, errorId, isReadOnly = false, onCode }: Props) {
  return (
    <PinInput
      type="number"
      oneTimeCode
      autoFocus
      size="lg"
      gap="sm"
      classNames={{ root: classes.boxes ?? "", pinInput: classes.box ?? "" }}
      length={length}
      aria-label={label}
      getInputProps={(index) => ({
        "aria-label": digitLabel(index + 1),
        "aria-describedby": errorId,
      })}
      error={errorId !== undefined}
      readOnly={isReadOnly}
      onComplete={onCode}
    />
  );
}
