/** Saying what each column of the file is: what tells the chat, which field it goes into, or nothing. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Select, Stack, Text } from "@mantine/core";
import { Refusal } from "@/components/Refusal";
import type { BegunImport } from "@/lib/api/types";
import { useCheckImport } from "./imports";
import classes from "./imports.module.css";
import { cellsOf, type MendedCells } from "./mended";
import { type Choices, planOf, withChoice } from "./plan";
import { useFieldChoices } from "./useFieldChoices";

interface PlanStepProps {
  begun: BegunImport;
  choices: Choices;
  mended: MendedCells;
  onChange: (choices: Choices) => void;
  onChecked: () => void;
}

export function PlanStep({ begun, choices, mended, onChange, onChecked }: PlanStepProps) {
  const { t } = useLingui();
  const fields = useFieldChoices();
  const { header } = begun.import;
  const check = useCheckImport(begun.import.id);
  const plan = planOf(choices);
  return (
    <Stack gap="md">
      <Text size="sm" className={classes.file ?? ""} dir="auto">
        {begun.import.file_name}
      </Text>
      <ul className={classes.columns} aria-label={t`Columns of the file`}>
        {header.map((name, place) => {
          const title = name || t`Column ${place + 1}`;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a column of a file is its place; names may come twice.
            <li key={place} className={classes.column}>
              <div>
                <Text size="sm" fw={500} className={classes.sample ?? ""} dir="auto">
                  {title}
                </Text>
                <Text size="xs" c="dimmed" className={classes.sample ?? ""} dir="auto">
                  {samplesOf(begun, place)}
                </Text>
              </div>
              <Select
                aria-label={t`What ${title} is`}
                placeholder={t`Leave out`}
                data={fields}
                value={choices[place] ?? null}
                onChange={(choice) => onChange(withChoice(choices, place, choice))}
                allowDeselect={false}
                clearable
                searchable
              />
            </li>
          );
        })}
      </ul>
      <Refusal error={check.error ?? null} />
      {!plan && (
        <Text size="sm" role="status">
          <Trans>Choose the column that tells the chat, and at least one field.</Trans>
        </Text>
      )}
      <Group justify="flex-end">
        <Button
          disabled={!plan}
          loading={check.isPending}
          onClick={() => plan && check.mutate({ ...plan, mended: cellsOf(mended) }, { onSuccess: onChecked })}
        >
          <Trans>Check</Trans>
        </Button>
      </Group>
    </Stack>
  );
}

function samplesOf({ preview }: BegunImport, place: number): string {
  return preview
    .map((row) => row[place] ?? "")
    .filter(Boolean)
    .join(" · ");
}
