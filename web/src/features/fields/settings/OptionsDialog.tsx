/** The options of one column, to arrange, rename, colour and merge them. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Text } from "@mantine/core";
import { Dialog } from "@/components/Dialog";
import type { Column } from "@/lib/api/types";
import { OptionList } from "./OptionList";

export function OptionsDialog({ column, onClose }: { column: Column; onClose: () => void }) {
  const { t } = useLingui();
  const name = column.name;
  return (
    <Dialog opened onClose={onClose} size={560} title={t`Options of ${name}`}>
      <OptionList
        column={column}
        mayChange
        empty={
          <Text size="sm" c="dimmed">
            <Trans>No options yet.</Trans>
          </Text>
        }
      />
    </Dialog>
  );
}
