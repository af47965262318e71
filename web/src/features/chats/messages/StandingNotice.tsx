/** Above the composer: what Telegram keeps from being sent here, until when, and the way back from a limit. */

import { Trans } from "@lingui/react/macro";
import { Group, Text } from "@mantine/core";

import { ownConnection } from "@/features/accounts/accounts";
import { ResumeButton } from "@/features/accounts/ResumeButton";
import { clockTime, type Pause, pauseOf, useStanding } from "@/features/accounts/standing";
import type { Account } from "@/lib/api/types";
import { useNowMs } from "@/lib/clock";

export function StandingNotice({ account, chatId }: { account: Account; chatId: string }) {
  const nowMs = useNowMs();
  const standing = useStanding(account.id, ownConnection(account)?.state === "connected");
  const pause = pauseOf(standing, chatId, nowMs);
  if (pause === null) return null;
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
  const until = clockTime(pause.until, nowMs);
  return pause.kind === "sending" ? (
    <Trans>Telegram asks this account to wait until {until}.</Trans>
  ) : (
    <Trans>Slow mode: you can write here again at {until}.</Trans>
  );
}
