/** The workspace's trial: how far it is, and what comes after. Nothing once it is over and seats are paid. */

import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Progress, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { SettingsSection } from "@/components/SettingsSection";
import { useMinuteMs } from "@/lib/clock";
import { useWorkspace, workspaceQuery } from "@/lib/session";
import { exactTime } from "@/lib/time";

import { type TrialLeft, trialLeft } from "./trial";

export function TrialSection() {
  const nowMs = useMinuteMs();
  const workspace = useQuery(workspaceQuery(useWorkspace().id)).data;
  if (!workspace) return null;
  const { trial_ends_at: endsAt, entitlement } = workspace;
  if (endsAt === null) return entitlement.plan === null ? <BeforeTrial /> : null;
  const left = trialLeft(endsAt, nowMs);
  if (left) return <Running left={left} endsAt={endsAt} />;
  return entitlement.plan === null ? <Over endsAt={endsAt} /> : null;
}

function Running({ left, endsAt }: { left: TrialLeft; endsAt: string }) {
  const { t } = useLingui();
  const until = exactTime(endsAt);
  return (
    <SettingsSection
      title={<Trans>Trial</Trans>}
      lead={<Trans>Everything of the Pro plan for the whole workspace: 3 people, 5 Telegram accounts.</Trans>}
    >
      <Progress value={left.percent} aria-label={t`Of the trial, this much has passed`} />
      <Text fw={500}>
        {left.days > 0 ? (
          <Plural value={left.days} one="# day left" other="# days left" />
        ) : (
          <Plural value={left.hours} one="# hour left" other="# hours left" />
        )}
      </Text>
      <Text size="sm" c="dimmed">
        <Trans>
          It ends on {until}. After that whoever has no seat reads and exports, and their Telegram accounts
          are suspended: sessions are kept for 30 days. Nothing is deleted.
        </Trans>
      </Text>
    </SettingsSection>
  );
}

function Over({ endsAt }: { endsAt: string }) {
  const when = exactTime(endsAt);
  return (
    <SettingsSection title={<Trans>The trial is over</Trans>}>
      <Text size="sm" c="dimmed">
        <Trans>
          It ended on {when}. Everything is kept and can be read and exported. Telegram accounts are suspended
          and come back with a seat; sessions are kept for 30 days.
        </Trans>
      </Text>
    </SettingsSection>
  );
}

function BeforeTrial() {
  return (
    <SettingsSection title={<Trans>No seat yet</Trans>}>
      <Text size="sm" c="dimmed">
        <Trans>
          Connecting the first Telegram account begins a trial of 3 days, without a card. Who has had one
          before needs a seat to connect.
        </Trans>
      </Text>
    </SettingsSection>
  );
}
