/** One message: who, what it answers, its text and media, when, and whether it was read. */

import { Trans, useLingui } from "@lingui/react/macro";
import { ActionIcon, UnstyledButton } from "@mantine/core";
import { Check, CheckCheck, Ellipsis, Reply } from "lucide-react";
import { memo, type ReactNode } from "react";
import { menuOnDemand } from "@/components/MenuOnDemand";
import type { Message } from "@/live/types";
import { hueOf } from "../faces";
import { clockTime, exactTime } from "../times";
import classes from "./Bubble.module.css";
import { formatted } from "./entities";
import { MediaCard } from "./MediaCard";
import type { MessageMenuSubject } from "./MessageMenu";

export interface BubbleActions {
  onReply: (message: Message) => void;
  onEdit: (message: Message) => void;
  onDelete: (message: Message) => void;
  onShow: (messageId: number) => void;
}

interface BubbleProps extends BubbleActions {
  chatId: string;
  message: Message;
  opensGroup: boolean;
  showsSender: boolean;
  isRead: boolean;
  answered: Message | undefined;
}

export const Bubble = memo(function Bubble(props: BubbleProps) {
  const { chatId, message, opensGroup, showsSender } = props;
  return (
    <article className={classes.line} data-direction={message.direction} data-opens={opensGroup}>
      <div className={classes.bubble} data-message-id={message.id}>
        {showsSender && opensGroup && message.direction === "in" && message.sender && (
          <div
            className={classes.sender}
            style={{ color: `var(--hue-${hueOf(message.sender.id)}-text)` }}
            dir="auto"
          >
            {message.sender.name}
          </div>
        )}
        {message.reply_to_id !== null && <Quote {...props} repliedId={message.reply_to_id} />}
        {message.media && <MediaCard chatId={chatId} messageId={message.id} media={message.media} />}
        {message.text !== "" && (
          <div className={classes.text} dir="auto">
            {formatted(message.text, message.entities)}
          </div>
        )}
        <Meta message={message} isRead={props.isRead} />
      </div>
      <Actions {...props} />
    </article>
  );
});

function Quote({ answered, onShow, repliedId }: BubbleProps & { repliedId: number }) {
  return (
    <UnstyledButton className={classes.quote} onClick={() => onShow(repliedId)}>
      {answered ? (
        <>
          <strong dir="auto">
            {answered.direction === "out" ? <Trans>You</Trans> : answered.sender?.name}
          </strong>
          <span dir="auto">{answered.text || <Trans>Attachment</Trans>}</span>
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
