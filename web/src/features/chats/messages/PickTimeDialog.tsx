/** Asks for the day and time at which a message is sent. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { Dialog } from "@/components/Dialog";
import { fieldValue, isSchedulable } from "./scheduleTimes";

interface PickTimeDialogProps {
  first: Date;
  onPick: (time: Date) => void;
  onClose: () => void;
}

export function PickTimeDialog({ first, onPick, onClose }: PickTimeDialogProps) {
  const { t } = useLingui();
  const [value, setValue] = useState(fieldValue(first));
  const time = new Date(value);
  const isGood = isSchedulable(time, new Date());
  return (
    <Dialog opened onClose={onClose} title={t`Send later`}>
      <Stack gap="md">
        <TextInput
          type="datetime-local"
          label={t`Day and time`}
          data-autofocus
          value={value}
          error={!isGood && t`Pick a time from a minute to a year ahead.`}
          onChange={(event) => setValue(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button disabled={!isGood} onClick={() => onPick(time)}>
            <Trans>Schedule</Trans>
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
