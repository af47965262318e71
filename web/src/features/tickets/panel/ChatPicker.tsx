/** Finds a chat of the workspace by its name, and picks it. */

import { useLingui } from "@lingui/react/macro";
import { Select } from "@mantine/core";
import { useMemo } from "react";
import { useChats } from "@/features/chats/cache";
import { useWorkspace } from "@/lib/session";

interface ChatPickerProps {
  /** Chats that are not offered. */
  without: readonly string[];
  onPick: (chatId: string) => void;
}

/** As many as are read at once; more are found by typing. */
const SHOWN = 50;

export function ChatPicker({ without, onPick }: ChatPickerProps) {
  const { t } = useLingui();
  const { chats } = useChats(useWorkspace().id);
  const data = useMemo(
    () =>
      chats
        .filter((chat) => !without.includes(chat.id))
        .map((chat) => ({ value: chat.id, label: chat.title || "—" }))
        .toSorted((a, b) => a.label.localeCompare(b.label)),
    [chats, without],
  );
  return (
    <Select
      size="sm"
      aria-label={t`Link a chat`}
      placeholder={t`Link a chat`}
      searchable
      limit={SHOWN}
      data={data}
      value={null}
      nothingFoundMessage={t`No such chat`}
      onChange={(chatId) => chatId !== null && onPick(chatId)}
    />
  );
}
