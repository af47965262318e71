/** The 48-pixel bar at the top of every page: its heading and at most two actions. */

import { Group, Title } from "@mantine/core";
import type { ReactNode } from "react";

import classes from "./PageHeader.module.css";

export function PageHeader({ title, children }: { title: ReactNode; children?: ReactNode }) {
  return (
    <header className={classes.header}>
      <Title order={1} className={classes.title}>
        {title}
      </Title>
      <Group gap="sm" wrap="nowrap" className={classes.actions ?? ""}>
        {children}
      </Group>
    </header>
  );
}
