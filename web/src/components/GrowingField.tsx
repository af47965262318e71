/** A field for a text of several lines, as high as the text up to ten of them. */

import type { ComponentProps } from "react";

import classes from "./fields.module.css";

type GrowingFieldProps = ComponentProps<"textarea"> & { value: string; isWrong?: boolean };

export function GrowingField({ className = "", isWrong = false, ...field }: GrowingFieldProps) {
  return (
    // The same text beside the field, unseen, is what gives it its height: nothing has to be measured.
    <div className={`${classes.growing} ${className}`} data-text={field.value}>
      <textarea {...field} rows={1} dir="auto" className={classes.field} aria-invalid={isWrong} />
    </div>
  );
}
