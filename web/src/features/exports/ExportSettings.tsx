/** The workspace's data to take away: a new export once a minute, and those of the last day. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Alert, Button } from "@mantine/core";
import { Archive, Download } from "lucide-react";

import { SettingsSection } from "@/components/SettingsSection";
import { EmptyState, ErrorState, LoadingRows } from "@/components/StateBlock";
import { NoAccess } from "@/features/workspaces/NoAccess";
import { minutesAndSeconds, secondsUntil, useNowMs } from "@/lib/clock";
import { usePageTitle } from "@/lib/pageTitle";
import { problemText } from "@/lib/problemText";
import { useCan } from "@/lib/session";

import { ExportRow } from "./ExportRow";
import classes from "./Exports.module.css";
import { type Asking, isUnderWay, useAsking, useExports } from "./exports";

export function ExportSettings() {
  const { t } = useLingui();
  usePageTitle(t`Export`, t`Settings`);
  return useCan("data.export") ? <Exports /> : <NoAccess action="data.export" />;
}

function Exports() {
  const exports = useExports();
  const known = exports.data?.exports ?? [];
  const asking = useAsking(known);
  return (
    <SettingsSection
      title={<Trans>Export</Trans>}
      lead={<Lead />}
      action={<AskButton asking={asking} isRunning={known.some(isUnderWay)} />}
    >
      {asking.error !== null && (
        <Alert color="red" role="alert">
          {problemText(asking.error)}
        </Alert>
      )}
      {exports.isPending && <LoadingRows rows={2} height={64} />}
      {exports.error && <ErrorState error={exports.error} onRetry={() => void exports.refetch()} />}
      {exports.data && known.length === 0 && <None />}
      {known.length > 0 && (
        <ul className={classes.list}>
          {known.map((each) => (
            <ExportRow key={each.id} shown={each} />
          ))}
        </ul>
      )}
    </SettingsSection>
  );
}

function Lead() {
  const hasLog = useCan("activity.export");
  return (
    <>
      <Trans>
        A zip of CSV files with what you see here: contacts, chats with their fields, tickets and comments.
      </Trans>{" "}
      {hasLog && <Trans>The activity log is in it, too.</Trans>}{" "}
      <Trans>Messages are never in it. Only you can download it, for a day.</Trans>
    </>
  );
}

function AskButton({ asking, isRunning }: { asking: Asking; isRunning: boolean }) {
  const waitS = secondsUntil(asking.nextAtMs, useNowMs());
  const clock = minutesAndSeconds(waitS);
  return (
    <Button
      className="tabular"
      leftSection={<Archive size={16} aria-hidden />}
      loading={asking.isPending}
      disabled={waitS > 0 || isRunning}
      onClick={asking.start}
    >
      {waitS > 0 ? <Trans>Export again in {clock}</Trans> : <Trans>Export data</Trans>}
    </Button>
  );
}

function None() {
  return (
    <EmptyState icon={Download} title={<Trans>No exports</Trans>}>
      <Trans>An export stays here for 24 hours. One can be made once a minute in the workspace.</Trans>
    </EmptyState>
  );
}
