/** What waits to be sent in a chat: send it now, at another time, or not at all. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { CalendarClock } from "lucide-react";
import { useState } from "react";
import { Dialog } from "@/components/Dialog";
import { formatted } from "@/features/formatting/entities";
import { notifyProblem } from "@/lib/notify";
import { problemText } from "@/lib/problemText";
import { useLive } from "@/live/LiveProvider";
import type { Message } from "@/live/types";
import { useScheduled } from "../ChatsProvider";
import { clockTime, dayName } from "../times";
import { PickTimeDialog } from "./PickTimeDialog";
import classes from "./ScheduledDialog.module.css";

export function ScheduledDialog({ chatId, onClose }: { chatId: string; onClose: () => void }) {
  const { t } = useLingui();
  const waiting = useScheduled(chatId);
  return (
    <Dialog opened onClose={onClose} size={520} title={t`Scheduled messages`}>
      <Stack gap="md">
        {waiting.length === 0 && (
          <Text c="dimmed">
            <Trans>Nothing waits to be sent.</Trans>
          </Text>
        )}
        {waiting.map((message) => (
          <Waiting key={message.id} chatId={chatId} message={message} />
        ))}
      </Stack>
    </Dialog>
  );
}

function Waiting({ chatId, message }: { chatId: string; message: Message }) {
  const { t } = useLingui();
  const { send, remove, move } = useScheduledChanges(chatId, message);
  const [isPicking, setPicking] = useState(false);
  return (
    <article className={classes.waiting} aria-label={t`Scheduled message`}>
      <Text size="sm" c="dimmed">
        <CalendarClock size={14} aria-hidden /> {dayName(message.date)}, {clockTime(message.date)}
      </Text>
      <div className={classes.text} dir="auto">
        {message.text === "" ? <Trans>Attachment</Trans> : formatted(message.text, message.entities)}
      </div>
      <Group gap="xs">
        <Button size="compact-sm" loading={send.isPending} onClick={() => send.mutate()}>
          <Trans>Send now</Trans>
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => setPicking(true)}>
          <Trans>Change time</Trans>
        </Button>
        <Button
          size="compact-sm"
          variant="subtle"
          color="red"
          loading={remove.isPending}
          onClick={() => remove.mutate()}
        >
          <Trans>Delete</Trans>
        </Button>
      </Group>
      {isPicking && (
        <PickTimeDialog
          first={new Date(message.date)}
          onPick={(time) => {
            setPicking(false);
            move.mutate(time);
          }}
          onClose={() => setPicking(false)}
        />
      )}
    </article>
  );
}

/** Every browser hears of what these do by the events that follow. */
function useScheduledChanges(chatId: string, { id }: Message) {
  const live = useLive();
  const about = { chat_id: chatId, message_ids: [id] };
  const onError = (error: Error) => notifyProblem(problemText(error));
  return {
    send: useMutation({ mutationFn: () => live.request("scheduled.send", about), onError }),
    remove: useMutation({ mutationFn: () => live.request("scheduled.delete", about), onError }),
    move: useMutation({
      mutationFn: (time: Date) =>
        live.request("scheduled.change", {
          chat_id: chatId,
          message_id: id,
          schedule_at: time.toISOString(),
        }),
      onError,
    }),
  };
}
