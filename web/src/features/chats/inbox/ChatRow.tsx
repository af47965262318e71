/** One chat in the inbox's list: who, when, the newest message, and how much is unread. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { Check, Pin } from "lucide-react";
import { memo } from "react";
import type { Account } from "@/lib/api/types";
import { useWorkspace } from "@/lib/session";
import type { Message } from "@/live/types";
import { ChatFace } from "../ChatFace";
import { useDraft, useIsMarked, usePreview, useTypists } from "../ChatsProvider";
import { useMediaName } from "../media/useMediaName";
import { TypingLine } from "../messages/TypingLine";
import { exactTime, listTime } from "../times";
import classes from "./ChatRow.module.css";
import type { ReadableChat } from "./filter";

interface ChatRowProps {
  chat: ReadableChat;
  account: Account | undefined;
  isOpen: boolean;
}

export const ChatRow = memo(function ChatRow({ chat, account, isOpen }: ChatRowProps) {
  const { t } = useLingui();
  const ws = useWorkspace().id;
  const { unread_count: unread, last_message_at: at, pinned } = chat.private;
  const isMarked = useIsMarked(chat.id);
  return (
    <Link
      to="/w/$ws/inbox/$chatId"
      params={{ ws, chatId: chat.id }}
      search={true}
      className={classes.row}
      data-open={isOpen}
      data-chat-id={chat.id}
    >
      <ChatFace chat={chat} />
      <span className={classes.words}>
        <span className={classes.top}>
          <span className={classes.title} data-unread={unread > 0 || isMarked}>
            <bdi>{chat.title}</bdi>
          </span>
          {at && (
            <time className={classes.time} dateTime={at} title={exactTime(at)}>
              {listTime(at)}
            </time>
          )}
        </span>
        <span className={classes.bottom}>
          <Preview chat={chat} account={account} isOpen={isOpen} />
          {pinned && <Pin size={14} role="img" aria-label={t`Pinned`} className={classes.pin} />}
          {unread === 0 && isMarked && (
            <span className={classes.mark} role="img" aria-label={t`Marked as unread`} />
          )}
          {unread > 0 && (
            <span className={classes.badge}>
              {unread > 999 ? "999+" : unread}
              <span className={classes.hidden}>
                {" "}
                <Trans>unread</Trans>
              </span>
            </span>
          )}
        </span>
      </span>
    </Link>
  );
});

/** Who is writing, else what is typed here and not sent, else the newest message. */
function Preview({ chat, account, isOpen }: ChatRowProps) {
  const isTyping = useTypists(chat.id).length > 0;
  const draft = useDraft(chat.id);
  if (isTyping) {
    return (
      <span className={classes.preview}>
        <span className={classes.typing}>
          <TypingLine chat={chat} />
        </span>
      </span>
    );
  }
  if (draft.text !== "" && !isOpen) {
    return (
      <span className={classes.preview}>
        <span className={classes.draft}>
          <Trans>Draft:</Trans>{" "}
        </span>
        <span dir="auto">{draft.text}</span>
      </span>
    );
  }
  return <Newest chat={chat} account={account} />;
}

/** The newest message, while this tab knows it; the account's name until then. */
function Newest({ chat, account }: Omit<ChatRowProps, "isOpen">) {
  const message = usePreview(chat.id);
  if (!message) return <span className={classes.preview}>{account?.label || account?.name}</span>;
  const isOwn = message.direction === "out";
  const name = chat.kind === "group" && !isOwn ? message.sender?.name : undefined;
  return (
    <span className={classes.preview}>
      {isOwn && <Check size={14} aria-hidden className={classes.sent} />}
      {isOwn && (
        <span className={classes.hidden}>
          <Trans>You:</Trans>{" "}
        </span>
      )}
      {name && <span className={classes.author}>{name}: </span>}
      <span dir="auto">
        <PreviewText message={message} />
      </span>
    </span>
  );
}

function PreviewText({ message }: { message: Message }) {
  if (message.text !== "" || !message.media) return message.text;
  return <MediaText media={message.media} />;
}

function MediaText({ media }: { media: NonNullable<Message["media"]> }) {
  return useMediaName(media);
}
