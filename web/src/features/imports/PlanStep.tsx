/** Saying what each column of the file is: what tells the chat, which field it goes into, or nothing. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Radio, Stack, Text } from "@mantine/core";
import { Refusal } from "@/components/Refusal";
import type { BegunImport } from "@/lib/api/types";
import { useCheckImport } from "./imports";
import classes from "./imports.module.css";
import { cellsOf, type MendedCells } from "./mended";
import { PlannedColumn } from "./PlannedColumn";
import { type Choices, type EmptyCells, planOf } from "./plan";
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
  const known = useFieldChoices();
  const check = useCheckImport(begun.import.id);
  const plan = planOf(choices);
  return (
    <Stack gap="md">
      <Text size="sm" className={classes.file ?? ""} dir="auto">
        {begun.import.file_name}
      </Text>
      <ul className={classes.columns} aria-label={t`Columns of the file`}>
        {begun.import.header.map((_, place) => (
          <PlannedColumn
            // biome-ignore lint/suspicious/noArrayIndexKey: a column of a file is its place; names may come twice.
            key={place}
            begun={begun}
            place={place}
            known={known}
            choices={choices}
            onChange={onChange}
          />
        ))}
      </ul>
      <Radio.Group
        label={t`Empty cells`}
        value={choices.emptyCells}
        onChange={(picked) => onChange({ ...choices, emptyCells: picked as EmptyCells })}
      >
        <Stack gap="xs" mt="xs">
          <Radio value="leave" label={t`Leave what is there`} />
          <Radio
            value="clear"
            label={t`Clear the value`}
            description={t`Undo brings values back, but for texts of more than 1,000 characters.`}
          />
        </Stack>
      </Radio.Group>
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
