/** One titled card of a settings page. */

import { Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";

import classes from "./SettingsSection.module.css";

interface Props {
  title: ReactNode;
  lead?: ReactNode;
  action?: ReactNode;
  children: ReactNode;
}

export function SettingsSection({ title, lead, action, children }: Props) {
  return (
    <section className={classes.section} tabIndex={-1}>
      <div className={classes.head}>
        <Stack gap={2}>
          <Title order={2}>{title}</Title>
          {lead && (
            <Text c="dimmed" size="sm">
              {lead}
            </Text>
          )}
        </Stack>
        {action}
      </div>
      {children}
    </section>
  );
}
