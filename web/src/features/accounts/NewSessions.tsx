/** On an account's card: that somebody signed in at Telegram whom nobody has judged yet. */

import { Plural, Trans } from "@lingui/react/macro";
import { Button, Group, Text } from "@mantine/core";

import type { Account } from "@/lib/api/types";

export function NewSessions({ account, onOpen }: { account: Account; onOpen: () => void }) {
  if (account.unknown_sessions === 0) return null;
  return (
    <Group gap="xs" role="status">
      <Text size="sm" c="var(--c-danger-text)" flex="1 1 240px">
        <Plural
          value={account.unknown_sessions}
          one="A new session at Telegram is signed in to this account."
          other="# new sessions at Telegram are signed in to this account."
        />
      </Text>
      <Button size="compact-sm" variant="default" onClick={onOpen}>
        <Trans>Look at it</Trans>
      </Button>
    </Group>
  );
}
