/** Where the person is signed in, and the way to sign out elsewhere. */

import { Trans } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";

import { SettingsSection } from "@/components/SettingsSection";
import { ErrorState, LoadingRows } from "@/components/StateBlock";
import type { Session } from "@/lib/api/types";

import { EndOthersDialog } from "./EndOthersDialog";
import { SessionRow } from "./SessionRow";
import classes from "./SessionsSection.module.css";
import { sessionsQuery } from "./sessionsQuery";

export function SessionsSection() {
  const sessions = useQuery(sessionsQuery);
  const [isEnding, ending] = useDisclosure(false);
  const isElsewhere = sessions.data?.sessions.some((each) => !each.current) ?? false;
  return (
    <SettingsSection
      title={<Trans>Where you are signed in</Trans>}
      lead={<Trans>If you don't know one of these, sign it out and change your password.</Trans>}
      action={
        isElsewhere && (
          <Button variant="default" onClick={ending.open} className={classes.action}>
            <Trans>Sign out everywhere else</Trans>
          </Button>
        )
      }
    >
      {sessions.isPending && <LoadingRows rows={2} height={52} />}
      {sessions.isError && <ErrorState error={sessions.error} onRetry={() => void sessions.refetch()} />}
      {sessions.data && <Sessions sessions={sessions.data.sessions} />}
      <EndOthersDialog opened={isEnding} onClose={ending.close} />
    </SettingsSection>
  );
}

function Sessions({ sessions }: { sessions: readonly Session[] }) {
  const hereFirst = sessions.toSorted((a, b) => Number(b.current) - Number(a.current));
  return (
    <ul className={classes.list}>
      {hereFirst.map((session) => (
        <SessionRow key={session.id} session={session} />
      ))}
    </ul>
  );
}
