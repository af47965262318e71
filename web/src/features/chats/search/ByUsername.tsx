/** Looks somebody up: from whose account, whom by public username, and who that is. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, NativeSelect, Stack, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { FormProblem } from "@/components/FormProblem";
import { accountTitle } from "@/features/accounts/accounts";
import { ApiError } from "@/lib/api/errors";
import type { Account } from "@/lib/api/types";
import { problemText } from "@/lib/problemText";
import { useLive } from "@/live/LiveProvider";
import { ChatFace } from "../ChatFace";
import { useKindNames } from "../kinds";
import { Approach, type Somebody } from "./Approach";

export function ByUsername({ own, onDone }: { own: readonly Account[]; onDone: () => void }) {
  const { t } = useLingui();
  const live = useLive();
  const [accountId, setAccountId] = useState<string>();
  const [name, setName] = useState("");
  const account = own.find((each) => each.id === accountId) ?? own[0];
  const find = useMutation({
    mutationFn: () => live.request("people.find", { account_id: account?.id ?? "", name }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() !== "" && account) find.mutate();
  };
  return (
    <>
      <form onSubmit={submit}>
        <Stack gap="sm">
          {own.length > 1 && (
            <NativeSelect
              label={t`From account`}
              value={account?.id ?? ""}
              data={own.map((each) => ({ value: each.id, label: accountTitle(each) }))}
              onChange={(event) => {
                setAccountId(event.currentTarget.value);
                find.reset();
              }}
            />
          )}
          <TextInput
            label={t`Username or t.me link`}
            placeholder="@username"
            data-autofocus
            maxLength={256}
            autoComplete="off"
            spellCheck={false}
            value={name}
            onChange={(event) => {
              setName(event.currentTarget.value);
              find.reset();
            }}
            error={find.error && whyNot(find.error)}
          />
          <Button type="submit" variant="default" loading={find.isPending} disabled={own.length === 0}>
            <Trans>Look up</Trans>
          </Button>
        </Stack>
      </form>
      {find.data && account && <Found somebody={find.data} accountId={account.id} onDone={onDone} />}
    </>
  );
}

/** Why nobody was found, in words of ours where we have them. */
function whyNot(error: Error) {
  if (error instanceof ApiError && error.code === "telegram-name-unknown")
    return <Trans>Nobody has this username.</Trans>;
  if (error instanceof ApiError && error.code === "telegram-name-invalid")
    return <Trans>This is not a public username. Open invite links in Telegram.</Trans>;
  if (error instanceof ApiError && error.status === 429)
    return (
      <Trans>
        Telegram lets an account look up only few names. Try again in {Math.ceil(error.retryAfterS ?? 10)} s.
      </Trans>
    );
  return problemText(error);
}

interface FoundProps {
  somebody: Somebody;
  accountId: string;
  onDone: () => void;
}

function Found({ somebody, accountId, onDone }: FoundProps) {
  const kind = useKindNames()[somebody.kind];
  return (
    <Stack gap="sm" role="status">
      <Group wrap="nowrap">
        <ChatFace chat={{ id: somebody.chat_id, title: somebody.title, account_id: accountId }} />
        <div>
          <Text fw={600} dir="auto">
            {somebody.title}
          </Text>
          <Text size="sm" c="dimmed">
            @{somebody.username} · {kind}
            {somebody.is_verified && (
              <>
                {" · "}
                <Trans>verified by Telegram</Trans>
              </>
            )}
          </Text>
        </div>
      </Group>
      {somebody.is_suspect && (
        <FormProblem>
          <Trans>Telegram warns that this account may be a fraud.</Trans>
        </FormProblem>
      )}
      <Approach somebody={somebody} onDone={onDone} />
    </Stack>
  );
}
