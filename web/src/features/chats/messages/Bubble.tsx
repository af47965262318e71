/** One message: who, what it answers, its text and media, when, and whether it was read. */

import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { ActionIcon, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { Check, CheckCheck, Ellipsis, Eye, Reply } from "lucide-react";
import { memo, type ReactNode } from "react";
import { menuOnDemand } from "@/components/MenuOnDemand";
import { formatted } from "@/features/formatting/entities";
import type { Message } from "@/live/types";
import { hueOf } from "../faces";
import { MessageMedia } from "../media/MessageMedia";
import { clockTime, exactTime } from "../times";
import classes from "./Bubble.module.css";
import { useOriginal } from "./history";
import type { MessageMenuSubject } from "./MessageMenu";
import { Reactions } from "./Reactions";

export interface BubbleActions {
  onReply: (message: Message) => void;
  onEdit: (message: Message) => void;
  onDelete: (message: Message) => void;
  onForward: (message: Message) => void;
  onComment: ((message: Message) => void) | undefined;
  onShow: (messageId: number) => void;
}

interface BubbleProps extends BubbleActions {
  chatId: string;
  message: Message;
  /** All messages of the album that it begins; null for one that stands alone. */
  album: readonly Message[] | null;
  opensGroup: boolean;
  showsSender: boolean;
  isRead: boolean;
  answered: Message | undefined;
}

export const Bubble = memo(function Bubble(props: BubbleProps) {
  const { chatId, message, opensGroup, showsSender } = props;
  const parts = props.album ?? [message];
  return (
    <article className={classes.line} data-direction={message.direction} data-opens={opensGroup}>
      <div className={classes.bubble} data-message-id={message.id}>
        {showsSender && opensGroup && message.direction === "in" && message.sender && (
          <div className={classes.sender} style={{ color: `var(--hue-${hueOf(message.sender.id)}-text)` }}>
            <bdi>{message.sender.name}</bdi>
          </div>
        )}
        {message.forwarded_from && <Forwarded name={message.forwarded_from.name} />}
        {message.reply_to_id !== null && <Quote {...props} repliedId={message.reply_to_id} />}
        {message.media && <MessageMedia chatId={chatId} parts={parts} />}
        {parts.map((part) => part.text !== "" && <Words key={part.id} message={part} />)}
        <Reactions chatId={chatId} message={message} />
        <Meta message={message} isRead={props.isRead} />
      </div>
      <Actions {...props} />
    </article>
  );
});

function Words({ message }: { message: Message }) {
  return (
    <div className={classes.text} dir="auto">
      {formatted(message.text, message.entities)}
    </div>
  );
}

function Forwarded({ name }: { name: string }) {
  return (
    <div className={classes.forwarded} dir="auto">
      {name ? <Trans>Forwarded from {name}</Trans> : <Trans>Forwarded</Trans>}
    </div>
  );
}

/** The line of the message that is answered. One that is not loaded is fetched; one that is gone says so. */
function Quote({ chatId, answered, onShow, repliedId }: BubbleProps & { repliedId: number }) {
  const fetched = useOriginal(chatId, repliedId, answered === undefined);
  const original = answered ?? fetched.data;
  if (original === null) {
    return (
      <div className={classes.quote}>
        <span>
          <Trans>Deleted message</Trans>
        </span>
      </div>
    );
  }
  return (
    <UnstyledButton className={classes.quote} onClick={() => onShow(repliedId)}>
      {original ? (
        <>
          <strong dir="auto">
            {original.direction === "out" ? <Trans>You</Trans> : original.sender?.name}
          </strong>
          <span dir="auto">{original.text || <Trans>Attachment</Trans>}</span>
        </>
      ) : (
        <span>
          <Trans>An earlier message</Trans>
        </span>
      )}
    </UnstyledButton>
  );
}

function Meta({ message, isRead }: { message: Message; isRead: boolean }) {
  return (
    <span className={classes.meta}>
      {message.views !== null && <Views count={message.views} />}
      {message.edited_at && (
        <span title={exactTime(message.edited_at)}>
          <Trans>edited</Trans>
        </span>
      )}
      <time dateTime={message.date} title={exactTime(message.date)}>
        {clockTime(message.date)}
      </time>
      {message.direction === "out" && <Tick isRead={isRead} />}
    </span>
  );
}

/** How many have seen a channel's post. */
function Views({ count }: { count: number }) {
  const { i18n } = useLingui();
  return (
    <span className={classes.views} title={i18n.number(count)}>
      <Eye size={14} aria-hidden />
      <span aria-hidden>{i18n.number(count, { notation: "compact" })}</span>
      <VisuallyHidden>
        <Plural value={count} one="# view" other="# views" />
      </VisuallyHidden>
    </span>
  );
}

function Tick({ isRead }: { isRead: boolean }): ReactNode {
  const { t } = useLingui();
  const Icon = isRead ? CheckCheck : Check;
  return <Icon size={14} role="img" aria-label={isRead ? t`Read` : t`Sent`} className={classes.tick} />;
}

const MoreActions = menuOnDemand<MessageMenuSubject>(() => import("./MessageMenu"));

function Actions(subject: BubbleProps) {
  const { t } = useLingui();
  const { message, onReply } = subject;
  return (
    <div className={classes.actions}>
      <ActionIcon size={28} className={classes.quick} aria-label={t`Reply`} onClick={() => onReply(message)}>
        <Reply size={16} />
      </ActionIcon>
      <MoreActions className={classes.more ?? ""} aria-label={t`More`} subject={subject}>
        <Ellipsis size={16} />
      </MoreActions>
    </div>
  );
}
