/** How much of something is done. */

import classes from "./ProgressBar.module.css";

interface ProgressBarProps {
  label: string;
  /** From 0 to 1. */
  part: number;
}

export function ProgressBar({ label, part }: ProgressBarProps) {
  const percent = Math.round(Math.min(Math.max(part, 0), 1) * 100);
  return (
    <div
      className={classes.bar}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
    >
      <div className={classes.done} style={{ width: `${percent}%` }} />
    </div>
  );
}
