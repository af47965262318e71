/** One reminder: a checkbox, what and where, who and when, and a menu that puts it off. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Checkbox } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { EllipsisVertical, MessageCircleOff, Repeat2 } from "lucide-react";

import { menuOnDemand } from "@/components/MenuOnDemand";
import type { Reminder } from "@/lib/api/types";
import { useMinuteMs } from "@/lib/clock";
import { useWorkspace } from "@/lib/session";
import { exactTime, Moment } from "@/lib/time";

import classes from "./RemindersScreen.module.css";
import { useReminderActions } from "./reminders";
import { useTitle } from "./useTitle";
import { repeatNames } from "./words";

const ReminderMenu = menuOnDemand<Reminder>(() => import("./ReminderMenu"));

export function ReminderRow({ reminder, mayEdit }: { reminder: Reminder; mayEdit: boolean }) {
  const { t } = useLingui();
  const { finish, reopen } = useReminderActions();
  const title = useTitle(reminder);
  const isDone = reminder.done_at !== null;
  return (
    <li className={classes.row} data-done={isDone}>
      <Checkbox
        aria-label={t`Done: ${title}`}
        checked={isDone}
        disabled={!mayEdit}
        onChange={() => (isDone ? reopen(reminder) : void finish(reminder))}
      />
      <div className={classes.words}>
        <span className={classes.title}>{title}</span>
        <Facts reminder={reminder} />
      </div>
      <span className={classes.due} title={exactTime(reminder.due_at)}>
        <Moment at={reminder.due_at} nowMs={useMinuteMs()} />
      </span>
      {mayEdit && (
        <ReminderMenu subject={reminder} className={classes.menu ?? ""} aria-label={t`Actions for ${title}`}>
          <EllipsisVertical size={18} aria-hidden />
        </ReminderMenu>
      )}
    </li>
  );
}

function Facts({ reminder }: { reminder: Reminder }) {
  const { i18n } = useLingui();
  const { about, for: whom, made_by: maker, repeat } = reminder;
  const makerName = maker.name ?? "";
  return (
    <span className={classes.facts}>
      {about?.kind === "chat" && <ChatLink chatId={about.id} name={about.name} />}
      {whom.id !== maker.id && (
        <span>
          <Trans>from {makerName}</Trans>
        </span>
      )}
      {repeat !== null && (
        <span>
          <Repeat2 size={14} aria-hidden /> {i18n._(repeatNames[repeat])}
        </span>
      )}
      {reminder.only_if_no_reply && (
        <span>
          <MessageCircleOff size={14} aria-hidden /> <Trans>Only if no reply</Trans>
        </span>
      )}
      {reminder.is_answered && <Trans>An answer came first.</Trans>}
    </span>
  );
}

function ChatLink({ chatId, name }: { chatId: string; name: string | null }) {
  const { t } = useLingui();
  const ws = useWorkspace().id;
  return (
    <Link to="/w/$ws/chats" params={{ ws }} search={{ peek: chatId }} className={classes.chat}>
      {name ?? t`A chat`}
    </Link>
  );
}
