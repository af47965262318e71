/** Since when somebody waits for a reply, and the way to say that their last word needs none. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Text } from "@mantine/core";
import { CheckCheck, Hourglass } from "lucide-react";
import type { Chat } from "@/lib/api/types";
import { useNowMs } from "@/lib/clock";
import { useCan } from "@/lib/session";
import { Moment } from "@/lib/time";
import { isAskedFor, useMarkAnswered } from "./answered";
import classes from "./DetailsPanel.module.css";

export function AnsweredLine({ chat }: { chat: Chat }) {
  const { t } = useLingui();
  const nowMs = useNowMs();
  const mark = useMarkAnswered(chat);
  const mayEdit = useCan("values.edit");
  const facts = chat.private;
  if (!facts || !isAskedFor(chat)) return null;
  const button = facts.answered ? t`Not answered` : t`Mark as answered`;
  return (
    <Group gap="xs" className={classes.waiting} role="group" aria-label={t`Reply`}>
      {facts.answered ? <CheckCheck size={14} aria-hidden /> : <Hourglass size={14} aria-hidden />}
      <Text size="sm" style={{ flex: 1 }}>
        {facts.waiting_since ? (
          <Trans>
            Waiting for a reply since <Moment at={facts.waiting_since} nowMs={nowMs} />
          </Trans>
        ) : (
          <Trans>Needs no reply</Trans>
        )}
      </Text>
      {mayEdit && (
        <Button variant="subtle" size="compact-sm" onClick={() => mark(!facts.answered)}>
          {button}
        </Button>
      )}
    </Group>
  );
}
