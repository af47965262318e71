/** Says that someone else's value stands, and offers to write over it. */

import { Trans } from "@lingui/react/macro";
import { Button, Group, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { valueText } from "@/features/fields/values";
import { offerConflict, type ValueConflict } from "./tableConflicts";

const SHOWN_FOR_MS = 10_000;

/** In the cell itself where a table shows it, else as a toast. */
export function notifyConflict(conflict: ValueConflict): void {
  if (offerConflict(conflict)) return;
  const { column, standing, overwrite } = conflict;
  const name = column.name;
  const value = valueText(column, standing);
  const id = notifications.show({
    color: "yellow",
    autoClose: SHOWN_FOR_MS,
    message: (
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm">
          {value === "" ? (
            <Trans>Someone cleared {name} before you.</Trans>
          ) : (
            <Trans>
              Someone set {name} to “{value}” before you.
            </Trans>
          )}
        </Text>
        <Button
          size="compact-sm"
          variant="subtle"
          onClick={() => {
            notifications.hide(id);
            overwrite();
          }}
        >
          <Trans>Overwrite</Trans>
        </Button>
      </Group>
    ),
  });
}
