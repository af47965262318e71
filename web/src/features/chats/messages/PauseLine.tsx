/** The words of a pause, and the way back from a limit: loaded with the first pause there is. */

import { Trans } from "@lingui/react/macro";
import { Group, Text } from "@mantine/core";

import { ResumeButton } from "@/features/accounts/ResumeButton";
import { type Pause, untilTime } from "@/features/accounts/standing";
import type { Account } from "@/lib/api/types";

interface PauseLineProps {
  account: Account;
  pause: Pause;
  nowMs: number;
}

export default function PauseLine({ account, pause, nowMs }: PauseLineProps) {
  return (
    <Group gap="xs" px="md" py="xs" role="status">
      <Text size="sm" c="dimmed" flex="1 1 240px">
        <PauseWords pause={pause} nowMs={nowMs} />
      </Text>
      {pause.kind === "limited" && <ResumeButton account={account} />}
    </Group>
  );
}

function PauseWords({ pause, nowMs }: { pause: Pause; nowMs: number }) {
  if (pause.kind === "limited")
    return (
      <Trans>
        Telegram limits whom this account writes to: only people who have written to it get messages.
      </Trans>
    );
  const until = untilTime(pause.until, nowMs);
  return pause.kind === "sending" ? (
    <Trans>Telegram asks this account to wait until {until}.</Trans>
  ) : (
    <Trans>Slow mode: you can write here again at {until}.</Trans>
  );
}
