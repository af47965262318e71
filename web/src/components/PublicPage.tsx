/** The frame of pages for people who are not in a workspace yet: brand, one card. */

import { Stack, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";

import { usePageTitle } from "@/lib/pageTitle";

import { Brand } from "./Brand";
import { LegalLinks } from "./LegalLinks";
import classes from "./PublicPage.module.css";

interface Props {
  title: string;
  lead?: ReactNode;
  children?: ReactNode;
  footer?: ReactNode;
  /** A card for a form, or a page for a text. */
  width?: "card" | "page";
}

export function PublicPage({ title, lead, children, footer, width = "card" }: Props) {
  usePageTitle(title);
  return (
    <main className={classes.page} id="main">
      <Link to="/" className={classes.brand}>
        <Brand />
        <span>Wireroom</span>
      </Link>
      <Stack className={classes.card} data-width={width} gap="lg">
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
      <LegalLinks />
    </main>
  );
}
