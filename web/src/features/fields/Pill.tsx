/** A select option as a coloured label. */

import type { ColumnOption } from "@/lib/api/types";
import classes from "./Pill.module.css";

export function Pill({ option }: { option: Pick<ColumnOption, "name" | "hue"> }) {
  return (
    <span
      className={classes.pill}
      style={{ background: `var(--hue-${option.hue}-bg)`, color: `var(--hue-${option.hue}-text)` }}
      dir="auto"
    >
      {option.name}
    </span>
  );
}
