/** Picking which chats of an account to bring into the workspace, out of those that stay out. */

import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Button, Checkbox, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { SearchField } from "@/components/SearchField";
import { ErrorState, LoadingRows } from "@/components/StateBlock";
import type { ExcludedChat } from "@/lib/api/types";
import { notifyDone, notifyProblem } from "@/lib/notify";
import { problemText } from "@/lib/problemText";
import { useCan } from "@/lib/session";
import { useExclude, useExcludedChats } from "./excludedChats";
import classes from "./PickChats.module.css";
import { matching } from "./picking";

/** More lines than that nobody reads: they are found by their name. */
const MOST_SHOWN = 200;

export function PickChats({ accountId }: { accountId: string }) {
  const { chats, isPending, error, retry } = useExcludedChats(accountId);
  if (error) return <ErrorState error={error} onRetry={retry} />;
  if (isPending) return <LoadingRows rows={3} height={32} />;
  if (chats.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        <Trans>Nothing stays out: every chat of this account is in the workspace.</Trans>
      </Text>
    );
  }
  return <Picker accountId={accountId} chats={chats} />;
}

function Picker({ accountId, chats }: { accountId: string; chats: readonly ExcludedChat[] }) {
  const { t } = useLingui();
  const [words, setWords] = useState("");
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const mayPick = useCan("chats.exclude");
  const include = useInclude(accountId, () => setPicked(new Set()));
  const found = matching(chats, words);
  const isAll = found.every((chat) => picked.has(chat.id));
  const pick = (ids: readonly string[], is: boolean) =>
    setPicked(new Set(is ? [...picked, ...ids] : [...picked].filter((id) => !ids.includes(id))));
  return (
    <Stack gap="sm" className={classes.picker}>
      <Text size="sm">
        <Plural
          value={chats.length}
          one="# chat stays out of the workspace. Only people connected to the account see it."
          other="# chats stay out of the workspace. Only people connected to the account see them."
        />
      </Text>
      <SearchField
        label={t`Search chats that stay out`}
        placeholder={t`Search`}
        value={words}
        onChange={setWords}
      />
      <Checkbox
        label={t`Select all`}
        checked={isAll && found.length > 0}
        disabled={!mayPick || found.length === 0}
        onChange={(event) =>
          pick(
            found.map((chat) => chat.id),
            event.currentTarget.checked,
          )
        }
      />
      <ul className={classes.list} aria-label={t`Chats that stay out`}>
        {found.slice(0, MOST_SHOWN).map((chat) => (
          <li key={chat.id}>
            <Checkbox
              label={<Line chat={chat} />}
              checked={picked.has(chat.id)}
              disabled={!mayPick}
              onChange={(event) => pick([chat.id], event.currentTarget.checked)}
            />
          </li>
        ))}
      </ul>
      <More hidden={found.length - MOST_SHOWN} />
      <Group justify="flex-end">
        <Button
          variant="default"
          disabled={!mayPick || include.isPending}
          onClick={() => include.mutate(chats.map((chat) => chat.id))}
        >
          <Trans>Bring in all</Trans>
        </Button>
        <Button
          disabled={picked.size === 0}
          loading={include.isPending}
          onClick={() => include.mutate([...picked])}
        >
          <Plural value={picked.size} _0="Bring in" one="Bring in # chat" other="Bring in # chats" />
        </Button>
      </Group>
    </Stack>
  );
}

function useInclude(accountId: string, onDone: () => void) {
  const { t } = useLingui();
  const include = useExclude(accountId, false);
  return {
    isPending: include.isPending,
    mutate: (ids: readonly string[]) =>
      include.mutate(ids, {
        onSuccess: () => {
          notifyDone(t`The chats are in the workspace.`);
          onDone();
        },
        onError: (error) => notifyProblem(problemText(error)),
      }),
  };
}

function Line({ chat }: { chat: ExcludedChat }) {
  return (
    <>
      <span dir="auto">{chat.title}</span>
      {chat.member_count !== null && (
        <Text span size="xs" c="dimmed">
          {" · "}
          <Plural value={chat.member_count} one="# member" other="# members" />
        </Text>
      )}
    </>
  );
}

function More({ hidden }: { hidden: number }) {
  if (hidden <= 0) return null;
  return (
    <Text size="xs" c="dimmed">
      <Plural value={hidden} one="# more: search for it." other="# more: search for them." />
    </Text>
  );
}
