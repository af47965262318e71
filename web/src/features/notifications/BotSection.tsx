/** The reminder bot at Telegram: linked by opening it with a code, and unlinked. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Stack, Text } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { CopyText } from "@/components/CopyText";
import { Refusal } from "@/components/Refusal";
import { SettingsSection } from "@/components/SettingsSection";
import { api } from "@/lib/api/client";
import type { TelegramBot } from "@/lib/api/types";
import { notifyDone, notifyProblem } from "@/lib/notify";
import { problemText } from "@/lib/problemText";

import { botQuery } from "./bot";

/** How often it is looked whether the chat was linked, while somebody is at it. */
const LOOK_EVERY_MS = 2000;

export function BotSection({ bot }: { bot: TelegramBot }) {
  return (
    <SettingsSection
      title={<Trans>Telegram</Trans>}
      lead={<Trans>A bot tells you, in a chat of your own with it, what you ticked for Telegram.</Trans>}
    >
      {bot.state === "linked" ? <Linked bot={bot} /> : <NotLinked isBlocked={bot.state === "blocked"} />}
    </SettingsSection>
  );
}

function Linked({ bot }: { bot: TelegramBot }) {
  const { t } = useLingui();
  const client = useQueryClient();
  const name = bot.name ?? "";
  const { mutate, isPending } = api.useMutation("delete", "/me/telegram-bot", {
    onSuccess: () => notifyDone(t`Bot unlinked.`),
    onError: (error) => notifyProblem(problemText(error)),
    onSettled: () => client.invalidateQueries(botQuery),
  });
  return (
    <Group justify="space-between">
      <Text>
        <Trans>Linked with @{name}.</Trans>
      </Text>
      <Button variant="default" loading={isPending} onClick={() => mutate({})}>
        <Trans>Unlink</Trans>
      </Button>
    </Group>
  );
}

function NotLinked({ isBlocked }: { isBlocked: boolean }) {
  const code = api.useMutation("post", "/me/telegram-bot/codes");
  return (
    <Stack gap="md" align="flex-start">
      {isBlocked && (
        <Text>
          <Trans>You blocked the bot at Telegram. Unblock it there, and link it once more.</Trans>
        </Text>
      )}
      <Refusal error={code.error} />
      {code.data ? (
        <Waiting link={code.data.link} code={code.data.code} />
      ) : (
        <Button loading={code.isPending} onClick={() => code.mutate({})}>
          <Trans>Link Telegram</Trans>
        </Button>
      )}
    </Stack>
  );
}

/** The page itself looks until the bot has heard the code. */
function Waiting({ link, code }: { link: string; code: string }) {
  const { t } = useLingui();
  const [isOpened, setOpened] = useState(false);
  useQuery({ ...botQuery, refetchInterval: LOOK_EVERY_MS });
  return (
    <Stack gap="sm" align="flex-start">
      <Button component="a" href={link} target="_blank" rel="noreferrer" onClick={() => setOpened(true)}>
        <Trans>Open the bot</Trans>
      </Button>
      <Text size="sm" c="dimmed" role="status">
        {isOpened ? (
          <Trans>Press Start there. This page notices by itself.</Trans>
        ) : (
          <Trans>Opens Telegram. The link is good for ten minutes and once.</Trans>
        )}
      </Text>
      <CopyText label={t`Or send the bot`} text={`/start ${code}`} />
    </Stack>
  );
}
