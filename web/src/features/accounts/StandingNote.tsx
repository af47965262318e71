/** On an account's card: what Telegram has it wait for, in words, and the way back from a limit. */

import { Trans } from "@lingui/react/macro";
import { Group, Text } from "@mantine/core";

import type { Account } from "@/lib/api/types";
import { useNowMs } from "@/lib/clock";

import { ResumeButton } from "./ResumeButton";
import { isAhead, untilTime } from "./standing";

export function StandingNote({ account }: { account: Account }) {
  const nowMs = useNowMs();
  const { limited_at, sending_until, slow_until } = account.standing;
  return (
    <>
      {limited_at !== null && (
        <Group gap="xs" role="status">
          <Text size="sm" c="var(--c-danger-text)" flex="1 1 240px">
            <Trans>
              Telegram limits whom this account writes to. Only people who have written to it get messages
              until you resume.
            </Trans>
          </Text>
          {account.mine && <ResumeButton account={account} />}
        </Group>
      )}
      {isAhead(sending_until, nowMs) && (
        <Text size="sm" c="var(--c-warning-text)" role="status">
          <Trans>Telegram asks this account to wait until {untilTime(sending_until, nowMs)}.</Trans>
        </Text>
      )}
      {isAhead(slow_until, nowMs) && (
        <Text size="xs" c="dimmed">
          <Trans>It sends at half its pace until {untilTime(slow_until, nowMs)}.</Trans>
        </Text>
      )}
    </>
  );
}
