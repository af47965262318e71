/** Saying that somebody's last word needs no answer, and taking that back. */

import { t } from "@lingui/core/macro";
import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { http } from "@/lib/api/client";
import type { Chat } from "@/lib/api/types";
import { notifyProblem, notifyUndo } from "@/lib/notify";
import { problemText } from "@/lib/problemText";
import { useWorkspace } from "@/lib/session";
import { cachedChat, patchChat, putChat } from "../cache";

/** Whether there is anything to say: somebody waits, or it was said that nobody does. */
export function isAskedFor({ private: facts }: Chat): boolean {
  return facts !== null && (facts.waiting_since !== null || facts.answered);
}

/** Shows at once; a refusal is said and shown as it was. */
export function useMarkAnswered(chat: Chat): (answered: boolean) => void {
  const workspaceId = useWorkspace().id;
  const client = useQueryClient();
  return (answered) => markUndoably(client, workspaceId, chat, answered);
}

/** Says the opposite of what is said of the chat by now, where there is anything to say. */
export function turnAnswered(client: QueryClient, workspaceId: string, chatId: string): void {
  const chat = cachedChat(client, workspaceId, chatId);
  if (chat && isAskedFor(chat)) markUndoably(client, workspaceId, chat, !chat.private?.answered);
}

function markUndoably(client: QueryClient, workspaceId: string, chat: Chat, answered: boolean): void {
  void mark(client, workspaceId, chat, answered);
  const said = answered ? t`Marked as answered.` : t`Not marked as answered.`;
  notifyUndo(said, () => void mark(client, workspaceId, chat, !answered));
}

async function mark(client: QueryClient, workspaceId: string, chat: Chat, answered: boolean): Promise<void> {
  const { id, private: facts } = chat;
  if (!facts) return;
  show(client, workspaceId, id, { answered, waiting_since: answered ? null : facts.waiting_since });
  try {
    const { data } = await http.PUT("/workspaces/{workspace_id}/chats/{chat_id}/answered", {
      params: { path: { workspace_id: workspaceId, chat_id: id } },
      body: { message_id: facts.last_message_id ?? 0, answered },
    });
    if (data) putChat(client, workspaceId, data);
  } catch (error) {
    show(client, workspaceId, id, facts);
    notifyProblem(problemText(error));
  }
}

type Facts = Pick<NonNullable<Chat["private"]>, "answered" | "waiting_since">;

/** Only these facts: what came meanwhile stays. */
function show(
  client: QueryClient,
  workspaceId: string,
  chatId: string,
  { answered, waiting_since }: Facts,
): void {
  patchChat(client, workspaceId, chatId, (chat) =>
    chat.private ? { ...chat, private: { ...chat.private, answered, waiting_since } } : chat,
  );
}
