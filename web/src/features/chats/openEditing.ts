/** The writer of values and the history of edits, over the rows that are cached. */

import { t } from "@lingui/core/macro";
import type { QueryClient } from "@tanstack/react-query";
import { accountsQuery } from "@/features/accounts/accountsQuery";
import {
  type CardField,
  cardFieldOf,
  cardFields,
  columnIdOf,
  heldIn,
  storedIn,
  withCardField,
} from "@/features/fields/cardFields";
import { cachedColumn } from "@/features/fields/columnsQuery";
import { goneText } from "@/features/fields/refusalText";
import type { ValueChange } from "@/features/fields/undo";
import { type RefusedWrite, type ShownValues, type StoredValue, ValueWriter } from "@/features/fields/writer";
import { http } from "@/lib/api/client";
import type { Account, Chat } from "@/lib/api/types";
import { notifyProblem } from "@/lib/notify";
import { problemText } from "@/lib/problemText";
import { untilOnline } from "@/lib/untilOnline";
import { cachedChat, patchChat } from "./cache";
import { ValueEdits } from "./edits";

const GONE = new Set(["column-not-found", "chat-not-found"]);

export interface OpenEditing {
  writer: ValueWriter;
  edits: ValueEdits;
  /** Takes what people wrote of a chat as it came live. */
  observe: (chat: Chat) => void;
}

export function openEditing(client: QueryClient, workspaceId: string): OpenEditing {
  const shown = cachedValues(client, workspaceId);
  const writer = new ValueWriter(
    shown,
    (chatId, columnId, body) => {
      const field = cardFieldOf(columnId);
      return field
        ? putCardField(workspaceId, chatId, field, body)
        : putValue(workspaceId, chatId, columnId, body);
    },
    (refused) => {
      edits.forget(refused.change);
      void explain(refused, client, workspaceId, edits);
    },
    untilOnline,
  );
  const edits = new ValueEdits(
    shown,
    writer,
    (chatId, columnId) => getValue(workspaceId, chatId, columnId),
    (columnId) => cachedColumn(client, workspaceId, columnId)?.type === "files",
  );
  return { writer, edits, observe: (chat) => observe(writer, chat) };
}

function observe(writer: ValueWriter, chat: Chat): void {
  for (const [columnId, stored] of Object.entries(chat.values)) writer.observe(chat.id, columnId, stored);
  for (const field of cardFields) writer.observe(chat.id, columnIdOf(field), storedIn(chat.card, field));
}

async function explain(
  refused: RefusedWrite,
  client: QueryClient,
  workspaceId: string,
  edits: ValueEdits,
): Promise<void> {
  const { change, error, standing } = refused;
  const column = await editedColumn(client, workspaceId, change);
  if (column && standing) {
    const overwrite = () => edits.set(change.chatId, change.columnId, change.after);
    const { notifyConflict } = await import("./notifyConflict");
    notifyConflict({ chatId: change.chatId, column, standing: standing.value, overwrite });
  } else {
    const reason = GONE.has(error.code) ? goneText() : problemText(error);
    notifyProblem(
      column ? t`${column.name} was not saved. ${reason}` : t`The value was not saved. ${reason}`,
    );
  }
}

/** The column of the workspace, or the chat's own field as one; its words are loaded when they are needed. */
async function editedColumn(client: QueryClient, workspaceId: string, { chatId, columnId }: ValueChange) {
  const chat = cachedChat(client, workspaceId, chatId);
  if (!chat || !cardFieldOf(columnId)) return cachedColumn(client, workspaceId, columnId);
  const { cardColumns } = await import("./details/cardColumns");
  const data = client.getQueryData<{ accounts: Account[] }>(accountsQuery(workspaceId).queryKey);
  const account = data?.accounts.find((each) => each.id === chat.account_id);
  return cardColumns(chat, account).find((each) => each.id === columnId);
}

function cachedValues(client: QueryClient, workspaceId: string): ShownValues {
  return {
    read: (chatId, columnId) => {
      const chat = cachedChat(client, workspaceId, chatId);
      return chat && heldIn(chat, columnId);
    },
    show: (chatId, columnId, stored) =>
      patchChat(client, workspaceId, chatId, (chat) => {
        const field = cardFieldOf(columnId);
        if (field) return withCardField(chat, field, stored);
        const { [columnId]: _, ...others } = chat.values;
        return { ...chat, values: stored ? { ...others, [columnId]: stored } : others };
      }),
  };
}

async function getValue(workspaceId: string, chatId: string, columnId: string): Promise<StoredValue> {
  const { data } = await http.GET("/workspaces/{workspace_id}/chats/{chat_id}/values/{column_id}", {
    params: { path: { workspace_id: workspaceId, chat_id: chatId, column_id: columnId } },
  });
  if (!data) throw new TypeError("The answer holds no value.");
  return data;
}

async function putValue(
  workspaceId: string,
  chatId: string,
  columnId: string,
  body: { value: StoredValue["value"]; version: number | null },
): Promise<StoredValue> {
  const { data } = await http.PUT("/workspaces/{workspace_id}/chats/{chat_id}/values/{column_id}", {
    params: { path: { workspace_id: workspaceId, chat_id: chatId, column_id: columnId } },
    body,
  });
  if (!data) throw new TypeError("The answer holds no value.");
  return data;
}

async function putCardField(
  workspaceId: string,
  chatId: string,
  field: CardField,
  { value, version }: { value: StoredValue["value"]; version: number | null },
): Promise<StoredValue> {
  const { data } = await http.PATCH("/workspaces/{workspace_id}/chats/{chat_id}/card", {
    params: { path: { workspace_id: workspaceId, chat_id: chatId } },
    body: { version: version ?? 0, [field]: value },
  });
  if (!data) throw new TypeError("The answer holds no chat.");
  return storedIn(data.card, field);
}
