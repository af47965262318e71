/** The frame of a person's own settings while no workspace is open to them: they have none, or may not enter it. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";

import { Brand } from "@/components/Brand";
import { LinkButton } from "@/components/LinkButton";
import { useSignOut } from "@/features/identity/useSignOut";

import classes from "./PersonalPage.module.css";

export function PersonalPage({ children }: { children: ReactNode }) {
  const { t } = useLingui();
  const signOut = useSignOut();
  return (
    <div className={classes.page}>
      <header className={classes.header}>
        <Link to="/" className={classes.brand} aria-label={t`Wireroom, to the start`}>
          <Brand size={28} />
        </Link>
        <Title order={1} className={classes.title}>
          <Trans>Settings</Trans>
        </Title>
        <LinkButton to="/" variant="subtle">
          <Trans>Back to Wireroom</Trans>
        </LinkButton>
        <Button variant="default" onClick={signOut}>
          <Trans>Sign out</Trans>
        </Button>
      </header>
      <main id="main" className={classes.main}>
        {children}
      </main>
    </div>
  );
}
