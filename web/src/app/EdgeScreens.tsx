/** Pages outside any feature: the very first load, and something broke. */

import { Trans } from "@lingui/react/macro";
import { Button, Text } from "@mantine/core";
import { useRouter } from "@tanstack/react-router";

import { Brand } from "@/components/Brand";
import { ErrorState } from "@/components/StateBlock";

import classes from "./EdgeScreens.module.css";

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
