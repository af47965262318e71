/** Pages outside any feature: nothing here, and something broke. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Text } from "@mantine/core";
import { useRouter } from "@tanstack/react-router";
import { Compass } from "lucide-react";

import { Brand } from "@/components/Brand";
import { LinkButton } from "@/components/LinkButton";
import { EmptyState, ErrorState } from "@/components/StateBlock";
import { usePageTitle } from "@/lib/pageTitle";

import classes from "./EdgeScreens.module.css";

/** Inside a workspace's frame, which has its own `main`. */
export function NotFoundBlock() {
  const { t } = useLingui();
  usePageTitle(t`Page not found`);
  return (
    <div className={classes.page}>
      <EmptyState
        icon={Compass}
        title={<Trans>There is nothing at this address</Trans>}
        action={
          <LinkButton to="/">
            <Trans>Go to the start</Trans>
          </LinkButton>
        }
      >
        <Trans>The link may be old, or the page belongs to a workspace you are not in.</Trans>
      </EmptyState>
    </div>
  );
}

export function NotFoundScreen() {
  return (
    <main id="main">
      <NotFoundBlock />
    </main>
  );
}

/** The very first load, when the server takes its time. */
export function PendingScreen() {
  return (
    <div className={classes.page} role="status" aria-busy="true">
      <Brand size={40} />
      <Text c="dimmed" mt="lg">
        <Trans>Opening Wireroom…</Trans>
      </Text>
    </div>
  );
}

/** A page that could not be loaded or drawn. The rest of the app keeps working around it. */
export function CrashScreen({ error, reset }: { error: unknown; reset: () => void }) {
  const router = useRouter();
  const retry = () => {
    reset();
    void router.invalidate();
  };
  return (
    <div className={classes.page}>
      <ErrorState error={error} onRetry={retry} />
      <Button variant="subtle" onClick={() => window.location.assign("/")}>
        <Trans>Go to the start</Trans>
      </Button>
    </div>
  );
}
