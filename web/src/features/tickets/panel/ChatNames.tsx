/** The chats a new ticket will be linked to. */

import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Input } from "@mantine/core";
import { X } from "lucide-react";
import classes from "@/components/Panel.module.css";
import { useChats } from "@/features/chats/cache";
import { useWorkspace } from "@/lib/session";
import { ChatPicker } from "./ChatPicker";

interface ChatNamesProps {
  chatIds: readonly string[];
  onChange: (chatIds: readonly string[]) => void;
}

export function ChatNames({ chatIds, onChange }: ChatNamesProps) {
  const { t } = useLingui();
  const { chats } = useChats(useWorkspace().id);
  return (
    <Input.Wrapper label={t`Linked chats`} labelElement="div">
      <ul className={classes.list}>
        {chatIds.map((chatId) => {
          const title = chats.find((each) => each.id === chatId)?.title ?? "…";
          return (
            <li key={chatId} className={classes.item}>
              <span className={classes.name} dir="auto">
                {title}
              </span>
              <ActionIcon
                size={28}
                aria-label={t`Unlink ${title}`}
                onClick={() => onChange(chatIds.filter((each) => each !== chatId))}
              >
                <X size={14} />
              </ActionIcon>
            </li>
          );
        })}
      </ul>
      <ChatPicker without={chatIds} onPick={(chatId) => onChange([...chatIds, chatId])} />
    </Input.Wrapper>
  );
}
