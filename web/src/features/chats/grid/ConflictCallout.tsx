/** Under a cell that two people changed: what stands in it, and the choice between the two values. */

import { Plural, Trans } from "@lingui/react/macro";
import { Button, Group, Kbd, Stack, Text } from "@mantine/core";
import { valueText } from "@/features/fields/values";
import { keyNames } from "@/lib/keyNames";
import { dropConflicts, type ValueConflict } from "../tableConflicts";

/** Shows the first one; the others wait for it to be decided. */
export function ConflictCallout({ conflicts }: { conflicts: readonly ValueConflict[] }) {
  const [conflict] = conflicts;
  if (!conflict) return null;
  const name = conflict.column.name;
  const value = valueText(conflict.column, conflict.standing);
  const decide = (decided: readonly ValueConflict[], isOverwritten: boolean) => {
    dropConflicts(decided);
    if (isOverwritten) for (const each of decided) each.overwrite();
  };
  return (
    <Stack gap="sm">
      <Text size="sm">
        {value === "" ? (
          <Trans>Someone cleared {name} before you.</Trans>
        ) : (
          <Trans>
            Someone set {name} to “{value}” before you.
          </Trans>
        )}
      </Text>
      <Group gap="xs">
        <Button size="compact-sm" variant="default" onClick={() => decide([conflict], true)}>
          <Trans>Overwrite</Trans>
        </Button>
        <Button size="compact-sm" variant="subtle" onClick={() => decide([conflict], false)}>
          <Trans>Keep theirs</Trans>
        </Button>
        {conflicts.length > 1 && (
          <Button size="compact-sm" variant="subtle" onClick={() => decide(conflicts, true)}>
            <Plural value={conflicts.length} one="Overwrite # cell" other="Overwrite all # cells" />
          </Button>
        )}
        <Kbd size="xs" aria-hidden>
          {keyNames("Alt+Enter").join("+")}
        </Kbd>
      </Group>
    </Stack>
  );
}
