/** When the team works, on the clocks of a time zone: only that time counts. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Group, Input, Select, Stack, Switch, Text } from "@mantine/core";
import { useMemo } from "react";
import type { Draft } from "./draft";
import { type Day, usualWeek } from "./hours";

interface WorkingHoursProps {
  draft: Draft;
  wrong: string | undefined;
  onChange: (part: Partial<Draft>) => void;
}

export function WorkingHours({ draft, wrong, onChange }: WorkingHoursProps) {
  const { t } = useLingui();
  const zones = useZones(draft.timeZone);
  return (
    <Stack gap="sm">
      <Switch
        label={t`Count working hours only`}
        checked={draft.hasHoursOfWork}
        onChange={(event) => onChange({ hasHoursOfWork: event.currentTarget.checked })}
      />
      {draft.hasHoursOfWork && (
        <>
          <Select
            label={t`Time zone`}
            searchable
            allowDeselect={false}
            limit={50}
            data={zones}
            value={draft.timeZone}
            onChange={(timeZone) => timeZone && onChange({ timeZone })}
          />
          {draft.others ? (
            <Text size="sm" c="dimmed">
              <Trans>
                Some days are worked in several stretches. Those were set by the API and stay as they are.
              </Trans>
            </Text>
          ) : (
            <Week week={draft.week} onChange={(week) => onChange({ week })} />
          )}
          {wrong && <Input.Error role="alert">{wrong}</Input.Error>}
        </>
      )}
    </Stack>
  );
}

function Week({ week, onChange }: { week: readonly Day[]; onChange: (week: Day[]) => void }) {
  const names = useDayNames();
  return (
    <Stack gap={4}>
      {week.map((day, index) => (
        <DayRow
          key={names[index]}
          name={names[index] ?? ""}
          day={day}
          onChange={(next) => onChange(week.toSpliced(index, 1, next))}
        />
      ))}
    </Stack>
  );
}

function DayRow({ name, day, onChange }: { name: string; day: Day; onChange: (day: Day) => void }) {
  const { t } = useLingui();
  return (
    <Group gap="sm" mih={32}>
      <Switch
        label={name}
        w={140}
        checked={day.isOn}
        onChange={(event) => onChange({ ...day, isOn: event.currentTarget.checked })}
      />
      {day.isOn && (
        <>
          <input
            type="time"
            aria-label={t`${name}, from`}
            value={day.opens}
            onChange={(event) => onChange({ ...day, opens: event.currentTarget.value })}
          />
          <span aria-hidden>–</span>
          <input
            type="time"
            aria-label={t`${name}, until`}
            value={day.closes}
            onChange={(event) => onChange({ ...day, closes: event.currentTarget.value })}
          />
        </>
      )}
    </Group>
  );
}

/** Monday first, in the language of the screen. */
function useDayNames(): string[] {
  const { i18n } = useLingui();
  const format = new Intl.DateTimeFormat(i18n.locale, { weekday: "long", timeZone: "UTC" });
  // 5 January 2026 is a Monday.
  return usualWeek().map((_, day) => format.format(Date.UTC(2026, 0, 5 + day)));
}

function useZones(chosen: string): string[] {
  return useMemo(() => [...new Set([chosen, "UTC", ...Intl.supportedValuesOf("timeZone")])], [chosen]);
}
