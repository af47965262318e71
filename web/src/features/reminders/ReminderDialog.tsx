/** Have oneself or a teammate reminded of a chat. Loaded when somebody asks for it. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Checkbox, Group, Select, Stack, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";

import { Dialog } from "@/components/Dialog";
import { Refusal } from "@/components/Refusal";
import { memberName, membersQuery } from "@/features/workspaces/members/members";
import type { ReminderWhen, Repeat } from "@/lib/api/types";
import { notifyDone } from "@/lib/notify";
import { useMe, useWorkspace } from "@/lib/session";

import { useSetReminder } from "./reminders";
import { AT_FIRST, WhenField } from "./WhenField";
import { repeatNames } from "./words";

const MOST_CHARACTERS = 500;
const ONCE = "once";

interface Props {
  chatId: string;
  title: string;
  /** Whether the person is connected to the chat's account, and may know of answers. */
  isConnected: boolean;
  onClose: () => void;
}

export default function ReminderDialog({ title, ...props }: Props) {
  return (
    <Dialog opened onClose={props.onClose} title={<Trans>Remind of {title}</Trans>}>
      <ReminderForm {...props} />
    </Dialog>
  );
}

function ReminderForm({ chatId, isConnected, onClose }: Omit<Props, "title">) {
  const { t } = useLingui();
  const workspaceId = useWorkspace().id;
  const me = useMe().user.id;
  const [text, setText] = useState("");
  const [when, setWhen] = useState<ReminderWhen | null>(AT_FIRST);
  const [whom, setWhom] = useState(me);
  const [repeat, setRepeat] = useState<Repeat | null>(null);
  const [onlyIfNoReply, setOnlyIfNoReply] = useState(false);
  const { mutate, isPending, error } = useSetReminder();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (when === null) return;
    const body = {
      about: { kind: "chat" as const, id: chatId },
      text,
      when,
      for: whom,
      repeat,
      only_if_no_reply: onlyIfNoReply && whom === me,
    };
    const onSuccess = () => {
      notifyDone(t`Reminder set.`);
      onClose();
    };
    mutate({ params: { path: { workspace_id: workspaceId } }, body }, { onSuccess });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="lg">
        <Refusal error={error} />
        <WhenField onChange={setWhen} />
        <TextInput
          label={t`What for`}
          data-autofocus
          description={t`Everyone in the workspace sees it beside the chat.`}
          maxLength={MOST_CHARACTERS}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Group grow>
          <WhomField value={whom} onChange={setWhom} />
          <RepeatField value={repeat} onChange={setRepeat} />
        </Group>
        {isConnected && whom === me && (
          <Checkbox
            label={t`Only if no reply`}
            description={t`An answer in the chat ends the reminder.`}
            checked={onlyIfNoReply}
            onChange={(event) => setOnlyIfNoReply(event.currentTarget.checked)}
          />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button type="submit" loading={isPending} disabled={when === null}>
            <Trans>Set reminder</Trans>
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function WhomField({ value, onChange }: { value: string; onChange: (userId: string) => void }) {
  const { t } = useLingui();
  const me = useMe().user.id;
  const members = useQuery(membersQuery(useWorkspace().id)).data?.members ?? [];
  const others = members.filter((each) => each.user_id !== me);
  return (
    <Select
      label={t`Whom`}
      allowDeselect={false}
      value={value}
      onChange={(next) => next !== null && onChange(next)}
      data={[
        { value: me, label: t`Me` },
        ...others.map((each) => ({ value: each.user_id, label: memberName(each) })),
      ]}
    />
  );
}

function RepeatField({
  value,
  onChange,
}: {
  value: Repeat | null;
  onChange: (repeat: Repeat | null) => void;
}) {
  const { t, i18n } = useLingui();
  return (
    <Select
      label={t`Repeat`}
      allowDeselect={false}
      value={value ?? ONCE}
      onChange={(next) => onChange(next === ONCE ? null : (next as Repeat))}
      data={[
        { value: ONCE, label: t`Once` },
        ...(Object.keys(repeatNames) as Repeat[]).map((each) => ({
          value: each as string,
          label: i18n._(repeatNames[each]),
        })),
      ]}
    />
  );
}
