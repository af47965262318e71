/** All there is to know about one thing: sections under one another, beside what else is on the page. */

import type { ReactNode } from "react";
import classes from "./Panel.module.css";

export function Panel({ label, children }: { label: string; children: ReactNode }) {
  return (
    <aside className={classes.panel} aria-label={label}>
      {children}
    </aside>
  );
}

interface PanelSectionProps {
  title?: ReactNode;
  /** Makes it a region of this name, to be found by it. */
  label?: string;
  isDense?: boolean;
  children: ReactNode;
}

export function PanelSection({ title, label, isDense = false, children }: PanelSectionProps) {
  return (
    <section className={isDense ? `${classes.section} ${classes.dense}` : classes.section} aria-label={label}>
      {title && <h3>{title}</h3>}
      {children}
    </section>
  );
}

/** Names and what they stand for: `dt` and `dd`. */
export function PanelFacts({ children }: { children: ReactNode }) {
  return <dl className={classes.facts}>{children}</dl>;
}
