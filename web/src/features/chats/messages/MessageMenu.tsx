/** What can be done with one message. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Menu } from "@mantine/core";
import { Copy, Forward, MessageSquareLock, Pencil, Pin, PinOff, Reply, Ticket, Trash2 } from "lucide-react";
import { useContext } from "react";
import type { MenuPanelProps } from "@/components/MenuOnDemand";
import type { Message } from "@/live/types";
import { MakeTicketContext } from "./makeTicket";
import { usePin, useReact } from "./messageChanges";
import classes from "./Reactions.module.css";
import { OFFERED } from "./reactions";

/** The message and what happens to it. */
export interface MessageMenuSubject {
  chatId: string;
  message: Message;
  onReply: (message: Message) => void;
  onEdit: (message: Message) => void;
  onDelete: (message: Message) => void;
  onForward: (message: Message) => void;
  onComment: ((message: Message) => void) | undefined;
}

export default function MessageMenu({ target, subject }: MenuPanelProps<MessageMenuSubject>) {
  const { chatId, message, onReply, onForward, onComment } = subject;
  const pin = usePin(chatId);
  const makeTicket = useContext(MakeTicketContext);
  const Icon = message.is_pinned ? PinOff : Pin;
  return (
    <Menu position="bottom-end" defaultOpened>
      <Menu.Target>{target}</Menu.Target>
      <Menu.Dropdown>
        <Offered chatId={chatId} message={message} />
        <Menu.Item leftSection={<Reply size={16} />} onClick={() => onReply(message)}>
          <Trans>Reply</Trans>
        </Menu.Item>
        {onComment && (
          <Menu.Item leftSection={<MessageSquareLock size={16} />} onClick={() => onComment(message)}>
            <Trans>Comment internally</Trans>
          </Menu.Item>
        )}
        <Menu.Item
          leftSection={<Copy size={16} />}
          disabled={message.text === ""}
          onClick={() => void navigator.clipboard.writeText(message.text)}
        >
          <Trans>Copy text</Trans>
        </Menu.Item>
        <Menu.Item leftSection={<Forward size={16} />} onClick={() => onForward(message)}>
          <Trans>Forward</Trans>
        </Menu.Item>
        <Menu.Item leftSection={<Icon size={16} />} onClick={() => pin.mutate(message)}>
          {message.is_pinned ? <Trans>Unpin</Trans> : <Trans>Pin</Trans>}
        </Menu.Item>
        {makeTicket && (
          <Menu.Item leftSection={<Ticket size={16} />} onClick={() => makeTicket(chatId, message.id)}>
            <Trans>Create ticket</Trans>
          </Menu.Item>
        )}
        {message.direction === "out" && <OwnActions {...subject} />}
      </Menu.Dropdown>
    </Menu>
  );
}

function OwnActions({ message, onEdit, onDelete }: MessageMenuSubject) {
  return (
    <>
      <Menu.Item leftSection={<Pencil size={16} />} onClick={() => onEdit(message)}>
        <Trans>Edit</Trans>
      </Menu.Item>
      <Menu.Item color="red" leftSection={<Trash2 size={16} />} onClick={() => onDelete(message)}>
        <Trans>Delete for everyone</Trans>
      </Menu.Item>
    </>
  );
}

function Offered({ chatId, message }: { chatId: string; message: Message }) {
  const { t } = useLingui();
  const react = useReact(chatId);
  const own = message.reactions.find((each) => each.mine)?.emoji;
  return (
    <div className={classes.offered} role="none">
      {OFFERED.map((emoji) => (
        <Menu.Item
          key={emoji}
          className={classes.offer ?? ""}
          data-mine={own === emoji}
          aria-label={t`React with ${emoji}`}
          onClick={() => react.mutate({ message, emoji })}
        >
          {emoji}
        </Menu.Item>
      ))}
    </div>
  );
}
