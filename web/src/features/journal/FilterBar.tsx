/** Which entries to see: of whom, of which kind, about what, when. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Select } from "@mantine/core";
import { DatePickerInput, type DatesRangeValue } from "@mantine/dates";
import dayjs from "dayjs";
import { CalendarDays, FilterX } from "lucide-react";
import { useActorChoices, useKindChoices, useObjectChoices } from "./choices";
import classes from "./FilterBar.module.css";
import { isNarrowed } from "./filtered";
import type { ActivityFilters } from "./filters";

interface Props {
  filters: ActivityFilters;
  onChange: (filters: ActivityFilters) => void;
}

export function FilterBar({ filters, onChange }: Props) {
  const { t } = useLingui();
  const change = (part: ActivityFilters) => onChange({ ...filters, ...part });
  const choice = {
    size: "sm",
    searchable: true,
    clearable: true,
    nothingFoundMessage: t`Nothing found`,
  } as const;
  const names = { clearButtonProps: { "aria-label": t`Clear` } };
  return (
    <search className={classes.bar} aria-label={t`Filters`}>
      <Select
        {...choice}
        {...names}
        className={classes.field}
        aria-label={t`Who`}
        placeholder={t`Anybody`}
        data={useActorChoices(filters.actor)}
        value={filters.actor ?? null}
        onChange={(actor) => change({ actor: actor ?? undefined })}
      />
      <Select
        {...choice}
        {...names}
        className={classes.field}
        aria-label={t`Event`}
        placeholder={t`Any event`}
        data={useKindChoices(filters.kind)}
        value={filters.kind ?? null}
        onChange={(kind) => change({ kind: kind ?? undefined })}
      />
      <Select
        {...choice}
        {...names}
        className={classes.field}
        aria-label={t`Object`}
        placeholder={t`Any object`}
        data={useObjectChoices(filters.object)}
        value={filters.object ?? null}
        onChange={(object) => change({ object: object ?? undefined })}
      />
      <Period filters={filters} onChange={change} />
      {isNarrowed(filters) && (
        <Button
          size="sm"
          variant="subtle"
          leftSection={<FilterX size={16} aria-hidden />}
          onClick={() => onChange({})}
        >
          <Trans>Clear filters</Trans>
        </Button>
      )}
    </search>
  );
}

/** Days are whole ones in UTC, as the API takes them. */
function Period({ filters, onChange }: Props) {
  const { t } = useLingui();
  const presets = usePresets();
  const value: DatesRangeValue<string> = [filters.from ?? null, filters.to ?? null];
  return (
    <DatePickerInput
      type="range"
      size="sm"
      allowSingleDateInRange
      clearable
      clearButtonProps={{ "aria-label": t`Clear` }}
      className={classes.field}
      aria-label={t`Days, in UTC`}
      placeholder={t`Any day`}
      valueFormat="D MMM YYYY"
      leftSection={<CalendarDays size={16} aria-hidden />}
      weekendDays={[]}
      presets={presets}
      value={value}
      onChange={([from, to]) => onChange({ from: from ?? undefined, to: to ?? undefined })}
    />
  );
}

function usePresets(): { label: string; value: [string, string] }[] {
  const { t } = useLingui();
  const today = new Date().toISOString().slice(0, 10);
  const back = (days: number) => dayjs(today).subtract(days, "day").format("YYYY-MM-DD");
  return [
    { label: t`Today`, value: [today, today] },
    { label: t`Yesterday`, value: [back(1), back(1)] },
    { label: t`Last 7 days`, value: [back(6), today] },
    { label: t`Last 30 days`, value: [back(29), today] },
  ];
}
