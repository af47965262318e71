/** The chats a ticket is about, as everybody in the workspace may know them. */

import { Trans, useLingui } from "@lingui/react/macro";
import { ActionIcon, Text } from "@mantine/core";
import { X } from "lucide-react";
import { PanelSection } from "@/components/Panel";
import classes from "@/components/Panel.module.css";
import { TextLink } from "@/components/TextLink";
import { ChatFace } from "@/features/chats/ChatFace";
import { useChats } from "@/features/chats/cache";
import { useWorkspace } from "@/lib/session";
import type { PartProps } from "../PartChoices";
import { useTicketEdits } from "../useTicketEdits";
import { ChatPicker } from "./ChatPicker";

const MAX_CHATS = 20;

export function LinkedChats({ ticket, isReadOnly }: PartProps) {
  const edits = useTicketEdits();
  const set = (chat_ids: string[]) => void edits.change(ticket.id, { chat_ids });
  return (
    <PanelSection title={<Trans>Linked chats</Trans>} isDense>
      {ticket.chat_ids.length === 0 && isReadOnly && (
        <Text size="sm" c="dimmed">
          <Trans>None.</Trans>
        </Text>
      )}
      <ul className={classes.list}>
        {ticket.chat_ids.map((chatId) => (
          <LinkedChat
            key={chatId}
            chatId={chatId}
            onUnlink={isReadOnly ? undefined : () => set(ticket.chat_ids.filter((each) => each !== chatId))}
          />
        ))}
      </ul>
      {!isReadOnly && ticket.chat_ids.length < MAX_CHATS && (
        <ChatPicker without={ticket.chat_ids} onPick={(chatId) => set([...ticket.chat_ids, chatId])} />
      )}
    </PanelSection>
  );
}

function LinkedChat({ chatId, onUnlink }: { chatId: string; onUnlink: (() => void) | undefined }) {
  const { t } = useLingui();
  const ws = useWorkspace().id;
  const chat = useChats(ws).chats.find((each) => each.id === chatId);
  const title = chat?.title ?? t`A chat that is not here`;
  return (
    <li className={classes.item}>
      {chat && <ChatFace chat={chat} size={24} />}
      {chat ? (
        <TextLink
          to="/w/$ws/chats"
          params={{ ws }}
          search={{ peek: chatId }}
          className={classes.name ?? ""}
          dir="auto"
        >
          {title}
        </TextLink>
      ) : (
        <span className={classes.name}>{title}</span>
      )}
      {onUnlink && (
        <ActionIcon size={28} aria-label={t`Unlink ${title}`} onClick={onUnlink}>
          <X size={14} />
        </ActionIcon>
      )}
    </li>
  );
}
