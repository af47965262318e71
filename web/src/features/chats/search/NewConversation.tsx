/** Begins a conversation: whose account, whom by public username, who that is, and the first message. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Loader, NativeSelect, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, lazy, Suspense, useState } from "react";
import { Dialog } from "@/components/Dialog";
import { FormProblem } from "@/components/FormProblem";
import { RadioBar } from "@/components/RadioBar";
import { accountTitle, ownConnection, useAccounts } from "@/features/accounts/accounts";
import { ApiError } from "@/lib/api/errors";
import type { Account } from "@/lib/api/types";
import { notifyProblem } from "@/lib/notify";
import { problemText } from "@/lib/problemText";
import { useLive } from "@/live/LiveProvider";
import type { LiveRequests } from "@/live/types";
import { ChatFace } from "../ChatFace";
import { useOutbox } from "../ChatsProvider";
import { refusalText } from "../info/telegramRefusals";
import { useKindNames } from "../kinds";
import { mintClientId } from "../messages/clientId";
import { useArrival, useIsHere, useOpen } from "./listed";

const NewGroup = lazy(async () => ({ default: (await import("../info/NewGroup")).NewGroup }));

type Somebody = LiveRequests["people.find"]["out"];

export default function NewConversation({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const own = (useAccounts().data?.accounts ?? []).filter(
    (each) => ownConnection(each)?.state === "connected",
  );
  const [what, setWhat] = useState<"person" | "group">("person");
  const arrive = useArrival(onClose);
  return (
    <Dialog opened onClose={onClose} title={t`New conversation`}>
      <Stack gap="md">
        {own.length === 0 && (
          <FormProblem>
            <Trans>None of your accounts is connected at the moment.</Trans>
          </FormProblem>
        )}
        <RadioBar
          label={t`With whom`}
          value={what}
          options={[
            { value: "person", label: t`By username` },
            { value: "group", label: t`New group or channel` },
          ]}
          onChange={setWhat}
        />
        {what === "person" ? (
          <ByUsername own={own} onDone={onClose} />
        ) : (
          <Suspense>
            <NewGroup accounts={own} onMade={arrive} />
          </Suspense>
        )}
      </Stack>
    </Dialog>
  );
}

function ByUsername({ own, onDone }: { own: readonly Account[]; onDone: () => void }) {
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
      <Next somebody={somebody} onDone={onDone} />
    </Stack>
  );
}

/** What can be done with whom was found: open the chat, write to them, or be told that it is to be joined first. */
function Next({ somebody, onDone }: Pick<FoundProps, "somebody" | "onDone">) {
  const open = useOpen(onDone);
  if (somebody.is_listed)
    return (
      <Button onClick={() => open(somebody.chat_id)}>
        <Trans>Open chat</Trans>
      </Button>
    );
  if (somebody.kind === "group" || somebody.kind === "channel")
    return <Join somebody={somebody} onDone={onDone} />;
  return <FirstMessage chatId={somebody.chat_id} name={somebody.title} onDone={onDone} />;
}

function Join({ somebody, onDone }: Pick<FoundProps, "somebody" | "onDone">) {
  const live = useLive();
  const arrive = useArrival(onDone);
  const join = useMutation({
    mutationFn: async () => {
      await live.request("group.join", { chat_id: somebody.chat_id });
      await arrive(somebody.chat_id);
    },
  });
  return (
    <Stack gap="sm">
      <Text size="sm">
        {somebody.kind === "group" ? (
          <Trans>This is a group. Join it to read and write.</Trans>
        ) : (
          <Trans>This is a channel. Join it to read it here.</Trans>
        )}
      </Text>
      {join.error && <FormProblem>{refusalText(join.error)}</FormProblem>}
      <Button loading={join.isPending} onClick={() => join.mutate()}>
        <Trans>Join</Trans>
      </Button>
    </Stack>
  );
}

interface FirstMessageProps {
  chatId: string;
  name: string;
  onDone: () => void;
}

function FirstMessage({ chatId, name, onDone }: FirstMessageProps) {
  const { t } = useLingui();
  const outbox = useOutbox();
  const arrive = useArrival(onDone);
  const isHere = useIsHere();
  const [text, setText] = useState("");
  const [clientId] = useState(() => mintClientId());
  const send = useMutation({
    mutationFn: async () => {
      await outbox.sendFrom(chatId, clientId, { text: text.trim(), entities: [] });
      await arrive(chatId);
    },
    onError: (error) => {
      if (!isHere.current)
        notifyProblem(t`Your first message to ${name} was not sent. ${refusalText(error)}`);
    },
  });
  return (
    <Stack gap="sm">
      <Textarea
        label={t`First message`}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={4096}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {send.error && <FormProblem>{refusalText(send.error)}</FormProblem>}
      <Button
        disabled={text.trim() === ""}
        loading={send.isPending}
        loaderProps={{ children: <Loader size={18} /> }}
        onClick={() => send.mutate()}
      >
        <Trans>Send</Trans>
      </Button>
    </Stack>
  );
}
