/** Says that someone else's value stands, and offers to write over it. */

import { Trans } from "@lingui/react/macro";
import { Button, Group, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { type CellValue, valueText } from "@/features/fields/values";
import type { Column } from "@/lib/api/types";

const SHOWN_FOR_MS = 10_000;

export function notifyConflict(column: Column, standing: CellValue, overwrite: () => void): void {
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
