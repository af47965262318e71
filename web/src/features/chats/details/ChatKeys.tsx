/** One key for what is done to an open chat most: who looks after it, its stage, its tags, and that it is done. */

import { msg } from "@lingui/core/macro";
import { columnIdOf } from "@/features/fields/cardFields";
import { useColumns } from "@/features/fields/columns";
import { openValueField } from "@/features/fields/openValueField";
import type { Chat } from "@/lib/api/types";
import { type Shortcut, useShortcuts } from "@/lib/hotkeys";
import { useCan, useWorkspace } from "@/lib/session";
import { isAskedFor, useMarkAnswered } from "./answered";

interface ChatKeysProps {
  chat: Chat;
  /** The fields stand in the details. */
  onShowDetails: () => void;
}

export default function ChatKeys({ chat, onShowDetails }: ChatKeysProps) {
  const columns = useColumns(useWorkspace().id).data ?? [];
  const mayEdit = useCan("values.edit");
  const mark = useMarkAnswered(chat);
  const toField = (columnId: string | undefined) => () => {
    if (columnId === undefined) return;
    onShowDetails();
    openValueField(columnId);
  };
  const stage = columns.find(({ type }) => type === "select");
  const tags = columns.find(({ key, reserved }) => reserved && key === "tags");
  const markDone = () => isAskedFor(chat) && mark(!chat.private?.answered);
  const keys: readonly Shortcut[] = [
    { keys: "a", label: msg`Assign the chat`, run: toField(columnIdOf("assignee")) },
    { keys: "s", label: msg`Set its stage: the first column of choices`, run: toField(stage?.id) },
    { keys: "l", label: msg`Tag the chat`, run: toField(tags?.id) },
    { keys: "e", label: msg`Mark as answered, or not`, run: markDone },
  ];
  useShortcuts(msg`Conversation`, mayEdit ? keys : []);
  return null;
}
