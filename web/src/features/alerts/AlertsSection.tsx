/** When members are told of chats that wait for a reply, and of those left silent. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Stack, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { SettingsSection } from "@/components/SettingsSection";
import { ErrorState, LoadingRows } from "@/components/StateBlock";
import { notifyDone, notifyProblem } from "@/lib/notify";
import { problemText } from "@/lib/problemText";
import { useCan, useWorkspace } from "@/lib/session";
import { MOST_DAYS, MOST_HOURS, periodIn, useAlertRules, useChangeAlertRules } from "./alertRules";

export function AlertsSection() {
  const rules = useAlertRules();
  return (
    <SettingsSection
      title={<Trans>Alerts</Trans>}
      lead={
        <Trans>
          Who a chat is assigned to is told, or else everybody connected to its account. Channels and bots are
          never late.
        </Trans>
      }
    >
      {rules.isPending && <LoadingRows rows={2} height={36} />}
      {rules.error && <ErrorState error={rules.error} onRetry={() => void rules.refetch()} />}
      {rules.data && <RulesForm key={rules.data.version} standing={rules.data} />}
    </SettingsSection>
  );
}

interface Standing {
  waiting_hours: number | null;
  silent_days: number | null;
  version: number;
}

function RulesForm({ standing }: { standing: Standing }) {
  const { t } = useLingui();
  const mayChange = useCan("settings.change");
  const path = { workspace_id: useWorkspace().id };
  const change = useChangeAlertRules();
  const [hours, setHours] = useState(String(standing.waiting_hours ?? ""));
  const [days, setDays] = useState(String(standing.silent_days ?? ""));
  const wished = { waiting_hours: periodIn(hours, MOST_HOURS), silent_days: periodIn(days, MOST_DAYS) };
  const isDirty =
    wished.waiting_hours !== standing.waiting_hours || wished.silent_days !== standing.silent_days;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { waiting_hours, silent_days } = wished;
    if (waiting_hours === undefined || silent_days === undefined) return;
    const body = { waiting_hours, silent_days, version: standing.version };
    const onSuccess = () => notifyDone(t`Alerts saved.`);
    const onError = (error: unknown) => notifyProblem(problemText(error));
    change.mutate({ params: { path }, body }, { onSuccess, onError });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="lg" maw={420}>
        <TextInput
          label={t`Hours a chat may wait for a reply`}
          description={t`Empty: nobody is told.`}
          inputMode="numeric"
          readOnly={!mayChange}
          value={hours}
          error={wished.waiting_hours === undefined && t`A whole number from 1 to ${MOST_HOURS}`}
          onChange={(event) => setHours(event.currentTarget.value)}
        />
        <TextInput
          label={t`Days without a message from us`}
          description={t`Empty: nobody is told.`}
          inputMode="numeric"
          readOnly={!mayChange}
          value={days}
          error={wished.silent_days === undefined && t`A whole number from 1 to ${MOST_DAYS}`}
          onChange={(event) => setDays(event.currentTarget.value)}
        />
        {mayChange && (
          <Group>
            <Button type="submit" loading={change.isPending} disabled={!isDirty}>
              <Trans>Save alerts</Trans>
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}
