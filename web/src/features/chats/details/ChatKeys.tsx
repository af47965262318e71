/** One key for what is done to an open chat most: who looks after it, its stage, its tags, and that it is done. */

import { msg } from "@lingui/core/macro";
import { useQueryClient } from "@tanstack/react-query";
import { columnIdOf } from "@/features/fields/cardFields";
import { columnsQuery } from "@/features/fields/columnsQuery";
import { openValueField } from "@/features/fields/openValueField";
import type { Chat, Column } from "@/lib/api/types";
import { type Shortcut, useShortcuts } from "@/lib/hotkeys";
import { notifyProblem } from "@/lib/notify";
import { problemText } from "@/lib/problemText";
import { useCan, useWorkspace } from "@/lib/session";

interface ChatKeysProps {
  chat: Chat;
  /** The fields stand in the details. */
  onShowDetails: () => void;
}

/** They are listened to from the first sight of the chat; what only some of them need is loaded when one is pressed. */
export function ChatKeys({ chat, onShowDetails }: ChatKeysProps) {
  const workspaceId = useWorkspace().id;
  const client = useQueryClient();
  const mayEdit = useCan("values.edit");
  const toField = (columnId: string) => {
    onShowDetails();
    openValueField(columnId);
  };
  const toColumn = (isMeant: (column: Column) => boolean) => () =>
    attempt(async () => {
      const { columns } = await client.fetchQuery(columnsQuery(workspaceId));
      const found = columns.filter(isMeant).sort((a, b) => a.position - b.position)[0];
      if (found) toField(found.id);
    });
  const turnAnswered = () =>
    attempt(async () => (await import("./answered")).turnAnswered(client, workspaceId, chat.id));
  const keys: readonly Shortcut[] = [
    { keys: "a", label: msg`Assign the chat`, run: () => toField(columnIdOf("assignee")) },
    {
      keys: "s",
      label: msg`Set its stage: the first column of choices`,
      run: toColumn(({ type }) => type === "select"),
    },
    {
      keys: "l",
      label: msg`Tag the chat`,
      run: toColumn(({ key, reserved }) => reserved && key === "tags"),
    },
    { keys: "e", label: msg`Mark as answered, or not`, run: turnAnswered },
  ];
  useShortcuts(msg`Conversation`, mayEdit ? keys : []);
  return null;
}

function attempt(act: () => Promise<void>): void {
  act().catch((error: unknown) => notifyProblem(problemText(error)));
}
