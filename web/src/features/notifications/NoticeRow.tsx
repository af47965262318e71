/** One notice: a link to where it happened, and a button that marks it read without going there. */

import { useLingui } from "@lingui/react/macro";
import { ActionIcon } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import {
  AtSign,
  BellRing,
  Check,
  FileDown,
  FileUp,
  Hourglass,
  type LucideIcon,
  MessageCircleOff,
  MessageSquareReply,
  TriangleAlert,
  UserRoundCheck,
} from "lucide-react";
import type { KeyboardEvent, ReactNode } from "react";

import type { Notice, NoticeKind } from "@/lib/api/types";
import { useMinuteMs } from "@/lib/clock";
import { useWorkspace } from "@/lib/session";
import { Moment } from "@/lib/time";

import classes from "./NoticesScreen.module.css";
import { sentenceOf } from "./words";

const icons: Readonly<Record<NoticeKind, LucideIcon>> = {
  "comment.mention": AtSign,
  "comment.answer": MessageSquareReply,
  "chat.assigned": UserRoundCheck,
  "chat.waiting": Hourglass,
  "chat.silent": MessageCircleOff,
  "ticket.assigned": UserRoundCheck,
  "ticket.sla_warning": Hourglass,
  "ticket.sla_breached": TriangleAlert,
  "reminder.due": BellRing,
  "import.finished": FileUp,
  "export.finished": FileDown,
};

interface Props {
  notice: Notice;
  onRead: (noticeId: string) => void;
}

export function NoticeRow({ notice, onRead }: Props) {
  const { t, i18n } = useLingui();
  const Icon = icons[notice.kind];
  const sentence = sentenceOf(notice, (message) => i18n._(message));
  const read = () => !notice.is_read && onRead(notice.id);
  return (
    <li className={classes.row} data-unread={!notice.is_read}>
      <Place notice={notice} onOpen={read}>
        <Icon size={18} aria-hidden />
        <span className={classes.sentence}>
          {!notice.is_read && <span className={classes.hidden}>{t`Unread:`} </span>}
          {sentence}
        </span>
        <span className={classes.time}>
          <Moment at={notice.at} nowMs={useMinuteMs()} />
        </span>
      </Place>
      {!notice.is_read && (
        <ActionIcon variant="subtle" color="gray" aria-label={t`Mark read: ${sentence}`} onClick={read}>
          <Check size={16} />
        </ActionIcon>
      )}
    </li>
  );
}

interface PlaceProps {
  notice: Notice;
  onOpen: () => void;
  children: ReactNode;
}

const pages: Partial<Record<NoticeKind, "/w/$ws/settings/import" | "/w/$ws/settings/export">> = {
  "import.finished": "/w/$ws/settings/import",
  "export.finished": "/w/$ws/settings/export",
};

/** Leads where the notice happened. */
function Place({ notice: { kind, about }, onOpen, children }: PlaceProps) {
  const ws = useWorkspace().id;
  const shared = { className: classes.link ?? "", onClick: onOpen, onKeyDown: moveFocus, children };
  switch (about.kind) {
    case "chat":
      return <Link to="/w/$ws/chats" params={{ ws }} search={{ peek: about.id }} data-notice {...shared} />;
    case "ticket":
      return (
        <Link to="/w/$ws/tickets/$ticketId" params={{ ws, ticketId: about.id }} data-notice {...shared} />
      );
    case "workspace":
      return <Link to={pages[kind] ?? "/w/$ws"} params={{ ws }} data-notice {...shared} />;
  }
}

/** Up and down go from notice to notice. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const links = [
    ...(event.currentTarget.closest("ul")?.querySelectorAll<HTMLElement>("[data-notice]") ?? []),
  ];
  links[links.indexOf(event.currentTarget) + step]?.focus();
}
