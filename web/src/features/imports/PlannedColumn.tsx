/** One column of the file: what stands in it first, what it is for, and whether it brings new options. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Checkbox, Select, Stack, Text } from "@mantine/core";
import type { BegunImport } from "@/lib/api/types";
import { columnTitle } from "./columnTitle";
import classes from "./imports.module.css";
import { type Choices, withField, withMaking } from "./plan";
import type { useFieldChoices } from "./useFieldChoices";

interface PlannedColumnProps {
  begun: BegunImport;
  place: number;
  known: ReturnType<typeof useFieldChoices>;
  choices: Choices;
  onChange: (choices: Choices) => void;
}

export function PlannedColumn({ begun, place, known, choices, onChange }: PlannedColumnProps) {
  const { t } = useLingui();
  const title = columnTitle(begun.import, place);
  const field = choices.fields[place] ?? null;
  return (
    <li className={classes.column}>
      <div>
        <Text size="sm" fw={500} className={classes.sample ?? ""} dir="auto">
          {title}
        </Text>
        <Text size="xs" c="dimmed" className={classes.sample ?? ""} dir="auto">
          {samplesOf(begun, place)}
        </Text>
      </div>
      <Stack gap="xs">
        <Select
          aria-label={t`What ${title} is`}
          placeholder={t`Leave out`}
          data={known.groups}
          value={field}
          onChange={(choice) => onChange(withField(choices, place, choice))}
          allowDeselect={false}
          clearable
          searchable
        />
        {known.takesOptions(field) && (
          <Checkbox
            size="xs"
            label={<Trans>Make missing options</Trans>}
            aria-label={t`Make missing options of ${title}`}
            checked={choices.making.has(place)}
            onChange={(event) => onChange(withMaking(choices, place, event.currentTarget.checked))}
          />
        )}
      </Stack>
    </li>
  );
}

function samplesOf({ preview }: BegunImport, place: number): string {
  return preview
    .map((row) => row[place] ?? "")
    .filter(Boolean)
    .join(" · ");
}
