/** A template as a chat of one's choosing would get it. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Select, Stack, Text } from "@mantine/core";
import { useMemo, useState } from "react";
import { useAccounts } from "@/features/accounts/accounts";
import { useColumns } from "@/features/fields/columns";
import type { Chat } from "@/lib/api/types";
import { useWorkspace } from "@/lib/session";
import { Filled } from "../Filled";
import { valuesOf } from "../values";
import { render } from "../variables";
import { useVariableWords } from "../words";
import type { Draft } from "./draft";
import classes from "./TemplateEditor.module.css";

const OFFERED = 20;

export function Preview({ draft, chats }: { draft: Draft; chats: readonly Chat[] }) {
  const { t } = useLingui();
  const { label } = useVariableWords();
  const [chosenId, setChosen] = useState<string | null>(null);
  const chat = chats.find((each) => each.id === chosenId) ?? chats.find(isPrivate) ?? chats[0];
  const choices = useMemo(() => chats.map(({ id, title }) => ({ value: id, label: title })), [chats]);
  const rendered = render(draft.text, draft.entities, useValues(chat));
  const missing = [...new Set(rendered.gaps.map(({ name }) => label(name)))].join(", ");
  return (
    <Stack gap="xs">
      <Select
        label={t`Preview for`}
        searchable
        allowDeselect={false}
        limit={OFFERED}
        nothingFoundMessage={t`Nothing found`}
        disabled={!chat}
        data={choices}
        value={chat?.id ?? null}
        onChange={setChosen}
      />
      <section className={classes.bubble} aria-label={t`Preview`} dir="auto">
        {draft.text.trim() === "" ? (
          <Text c="dimmed">
            <Trans>What you write shows here as it will be sent.</Trans>
          </Text>
        ) : (
          <Filled rendered={rendered} />
        )}
      </section>
      {chat && missing !== "" && (
        <Text size="sm" c="dimmed" role="status">
          <Trans>This chat has nothing for {missing}. You are asked to fill it in before it is sent.</Trans>
        </Text>
      )}
    </Stack>
  );
}

function isPrivate({ kind }: Chat): boolean {
  return kind === "private";
}

function useValues(chat: Chat | undefined) {
  const columns = useColumns(useWorkspace().id).data ?? [];
  const accounts = useAccounts().data?.accounts ?? [];
  if (!chat) return {};
  return valuesOf(
    chat,
    accounts.find((each) => each.id === chat.account_id),
    columns,
  );
}
