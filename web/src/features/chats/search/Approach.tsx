/** How one comes to talk with whom was found: the chat that is there, joining, or a first message. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Loader, Stack, Text, Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { FormProblem } from "@/components/FormProblem";
import { notifyProblem } from "@/lib/notify";
import { useLive } from "@/live/LiveProvider";
import type { LiveRequests } from "@/live/types";
import { useOutbox } from "../ChatsProvider";
import { refusalText } from "../info/telegramRefusals";
import { mintClientId } from "../messages/clientId";
import { useArrival, useIsHere, useOpen } from "./listed";

export type Somebody = LiveRequests["people.find"]["out"];

interface ApproachProps {
  somebody: Somebody;
  onDone: () => void;
}

/** What can be done with whom was found: open the chat, write to them, or be told that it is to be joined first. */
export function Approach({ somebody, onDone }: ApproachProps) {
  const open = useOpen(onDone);
  if (somebody.is_listed)
    return (
      <Button onClick={() => open(somebody.chat_id)}>
        <Trans>Open chat</Trans>
      </Button>
    );
  if (somebody.kind === "group" || somebody.kind === "channel")
    return somebody.is_member ? <MemberAlready /> : <Join somebody={somebody} onDone={onDone} />;
  return <FirstMessage chatId={somebody.chat_id} name={somebody.title} onDone={onDone} />;
}

/** A chat is listed with its first message. */
function MemberAlready() {
  return (
    <Text size="sm">
      <Trans>This account is in it already. The chat is listed here with its next message.</Trans>
    </Text>
  );
}

function Join({ somebody, onDone }: ApproachProps) {
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
