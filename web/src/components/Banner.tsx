/** A line across the top of a page about something that needs attention. */

import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

import classes from "./Banner.module.css";

interface Props {
  icon: LucideIcon;
  tone?: "warning" | "danger" | "neutral";
  action?: ReactNode;
  children: ReactNode;
}

export function Banner({ icon: Icon, tone = "warning", action, children }: Props) {
  return (
    <div className={classes.banner} data-tone={tone} role="status">
      <Icon size={18} aria-hidden />
      <span className={classes.text}>{children}</span>
      {action}
    </div>
  );
}
