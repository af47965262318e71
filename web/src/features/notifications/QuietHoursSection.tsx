/** The hours in which nothing goes out, and the wall clock they go by. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Group, Select, Stack, Switch, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";

import { SettingsSection } from "@/components/SettingsSection";
import { api } from "@/lib/api/client";
import type { Me, NoticePreferences } from "@/lib/api/types";
import { notifyProblem } from "@/lib/notify";
import { problemText } from "@/lib/problemText";
import { meQuery, useMe } from "@/lib/session";

import { useSavePreferences } from "./preferences";

const AT_FIRST = { begins: "22:00", ends: "08:00" };

export function QuietHoursSection({ preferences }: { preferences: NoticePreferences }) {
  const { t } = useLingui();
  const save = useSavePreferences();
  const hours = preferences.quiet_hours;
  const change = (quiet_hours: typeof hours) => save({ ...preferences, quiet_hours });
  return (
    <SettingsSection
      title={<Trans>Quiet hours</Trans>}
      lead={<Trans>Outside of the app nothing reaches you then. A reminder comes when it is due.</Trans>}
    >
      <Stack gap="lg" maw={420}>
        <Switch
          label={t`Keep quiet every day`}
          checked={hours !== null}
          onChange={(event) => change(event.currentTarget.checked ? AT_FIRST : null)}
        />
        {hours !== null && (
          <Group grow>
            <TimeField
              label={t`From`}
              value={hours.begins}
              onChange={(begins) => change({ ...hours, begins })}
            />
            <TimeField label={t`Until`} value={hours.ends} onChange={(ends) => change({ ...hours, ends })} />
          </Group>
        )}
        <TimeZoneField />
      </Stack>
    </SettingsSection>
  );
}

interface TimeFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
}

/** A browser's own field of time: it gives an empty text while nothing whole stands in it. */
function TimeField({ label, value, onChange }: TimeFieldProps) {
  return (
    <TextInput
      type="time"
      label={label}
      value={value}
      onChange={(event) => event.currentTarget.value !== "" && onChange(event.currentTarget.value)}
    />
  );
}

function TimeZoneField() {
  const { t } = useLingui();
  const { user } = useMe();
  const client = useQueryClient();
  const { mutate } = api.useMutation("patch", "/me", {
    onSuccess: (changed) => client.setQueryData<Me>(meQuery.queryKey, (me) => me && { ...me, user: changed }),
    onError: (error) => notifyProblem(problemText(error)),
  });
  return (
    <Select
      label={t`Your time zone`}
      description={t`Reminders go by it, too.`}
      searchable
      data={timeZones(user.time_zone)}
      value={user.time_zone}
      onChange={(time_zone) => time_zone !== null && mutate({ body: { time_zone } })}
    />
  );
}

/** Those this browser knows, and the one that stands. */
function timeZones(standing: string | null): string[] {
  return [...new Set([...Intl.supportedValuesOf("timeZone"), "UTC", ...(standing ? [standing] : [])])];
}
