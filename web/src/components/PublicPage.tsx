/** The frame of pages for people who are not in a workspace yet: brand, one card. */

import { Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";

import { usePageTitle } from "@/lib/pageTitle";

import { Brand } from "./Brand";
import classes from "./PublicPage.module.css";

interface Props {
  title: string;
  lead?: ReactNode;
  children?: ReactNode;
  footer?: ReactNode;
}

export function PublicPage({ title, lead, children, footer }: Props) {
  usePageTitle(title);
  return (
    <main className={classes.page} id="main">
      <div className={classes.brand}>
        <Brand />
        <span>Wireroom</span>
      </div>
      <Stack className={classes.card} gap="lg">
        <Stack gap="xs">
          <Title order={1}>{title}</Title>
          {lead && (
            <Text c="dimmed" component="div">
              {lead}
            </Text>
          )}
        </Stack>
        {children}
      </Stack>
      {footer && <div className={classes.footer}>{footer}</div>}
    </main>
  );
}
