/** What stands on a chat's card: who it is, the columns the person chose, and when something happened last. */

import { Badge, Group } from "@mantine/core";
import { memo, type ReactNode } from "react";
import { valueIn } from "@/features/fields/cardFields";
import type { ReadableColumn } from "@/features/fields/columns";
import { Pill } from "@/features/fields/Pill";
import { optionsOf, valueText } from "@/features/fields/values";
import type { Chat } from "@/lib/api/types";
import { ChatFace } from "../ChatFace";
import { exactTime, listTime } from "../times";
import classes from "./ChatCard.module.css";

interface ChatCardProps {
  chat: Chat;
  /** The chat's title, as the button that opens it. */
  title: ReactNode;
  fields: readonly ReadableColumn[];
}

export const ChatCard = memo(function ChatCard({ chat, title, fields }: ChatCardProps) {
  const at = chat.private?.last_message_at;
  const unread = chat.private?.unread_count ?? 0;
  return (
    <div className={classes.card}>
      <ChatFace chat={chat} size={28} />
      <div className={classes.words}>
        {title}
        {(at || unread > 0) && (
          <div className={classes.meta}>
            {at && (
              <time dateTime={at} title={exactTime(at)}>
                {listTime(at)}
              </time>
            )}
            {unread > 0 && <Badge size="sm">{unread.toLocaleString()}</Badge>}
          </div>
        )}
        <Fields chat={chat} fields={fields} />
      </div>
    </div>
  );
});

function Fields({ chat, fields }: Omit<ChatCardProps, "title">) {
  const filled = fields.filter(({ id }) => valueIn(chat, id) !== null);
  if (filled.length === 0) return null;
  return (
    <dl className={classes.fields}>
      {filled.map((column) => (
        <div key={column.id}>
          <dt>{column.name}</dt>
          <dd dir="auto">
            <Shown chat={chat} column={column} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Shown({ chat, column }: { chat: Chat; column: ReadableColumn }): ReactNode {
  const value = valueIn(chat, column.id);
  const options = optionsOf(column, value);
  if (options.length === 0) return valueText(column, value);
  return (
    <Group gap={4}>
      {options.map((option) => (
        <Pill key={option.id} option={option} />
      ))}
    </Group>
  );
}
