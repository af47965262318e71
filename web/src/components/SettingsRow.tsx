/** One line of a settings card: what it is, how it stands, and what can be done about it. */

import { Text } from "@mantine/core";
import type { ReactNode } from "react";

import classes from "./SettingsRow.module.css";

interface Props {
  icon?: ReactNode;
  title: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
  /** `li` inside a list. */
  as?: "div" | "li";
}

export function SettingsRow({ icon, title, children, action, as: Element = "div" }: Props) {
  return (
    <Element className={classes.row}>
      {icon}
      <div className={classes.words}>
        <Text fw={500} component="div">
          {title}
        </Text>
        {children && (
          <Text size="sm" c="dimmed" component="div">
            {children}
          </Text>
        )}
      </div>
      {action}
    </Element>
  );
}
