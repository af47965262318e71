/** What the inbox and the table share for as long as a workspace is open: messages, the outbox, edits of values. */

import { t } from "@lingui/core/macro";
import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from "react";
import { accountsQuery } from "@/features/accounts/accountsQuery";
import { type CardField, cardFieldOf, storedIn, withCardField } from "@/features/fields/cardFields";
import { cachedColumn } from "@/features/fields/columnsQuery";
import type { ValueChange } from "@/features/fields/undo";
import { type RefusedWrite, type ShownValues, type StoredValue, ValueWriter } from "@/features/fields/writer";
import { http } from "@/lib/api/client";
import type { Account } from "@/lib/api/types";
import { notifyProblem } from "@/lib/notify";
import { problemText } from "@/lib/problemText";
import { useMe, useWorkspace } from "@/lib/session";
import { useLive } from "@/live/LiveProvider";
import type { Live, Message } from "@/live/types";
import { beginWith, cachedChat, patchChat } from "./cache";
import { ValueEdits } from "./edits";
import type { KeptRows } from "./kept/opening";
import { followLive } from "./live";
import { Wharf } from "./media/wharf";
import type { ChatLog } from "./messages/log";
import { Outbox } from "./messages/outbox";
import { MessageStore } from "./messages/store";
import { Talk, type Typed, type Typist } from "./messages/talk";

interface Rooms {
  store: MessageStore;
  outbox: Outbox;
  talk: Talk;
  wharf: Wharf;
  writer: ValueWriter;
  edits: ValueEdits;
  kept: Promise<KeptRows>;
}

const RoomsContext = createContext<Rooms | null>(null);

/** Follows the workspace's live events while mounted. Inside a LiveProvider; a new workspace needs a new one. */
export function ChatsProvider({ children }: { children: ReactNode }) {
  const workspaceId = useWorkspace().id;
  const client = useQueryClient();
  const live = useLive();
  const userId = useMe().user.id;
  const [rooms] = useState(() => openRooms({ userId, workspaceId }, client, live));
  useEffect(() => {
    const { store, writer, outbox, wharf, talk, kept } = rooms;
    const ends = [
      followLive(live, { workspaceId, client, store, writer, talk, kept }),
      followKept(kept, client),
      outbox.start(),
      talk.start(),
      wharf.start(),
      guardUnsent(() => store.chatsWithOutgoing().length > 0 || writer.isWaiting),
      keepOnHiding(talk),
    ];
    return () => {
      for (const end of ends) end();
    };
  }, [rooms, live, client, workspaceId]);
  return <RoomsContext value={rooms}>{children}</RoomsContext>;
}

function followKept(kept: Promise<KeptRows>, client: QueryClient): () => void {
  const end = kept.then((rows) => rows.follow(client));
  return () => void end.then((stop) => stop());
}

interface Whose {
  userId: string;
  workspaceId: string;
}

function openRooms({ userId, workspaceId }: Whose, client: QueryClient, live: Live): Rooms {
  const kept = import("./kept/opening").then(({ KeptRows }) => new KeptRows(userId, workspaceId));
  beginWith(
    workspaceId,
    kept.then(({ chats }) => chats),
  );
  const store = new MessageStore();
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
  const edits = new ValueEdits(shown, writer, (chatId, columnId) => getValue(workspaceId, chatId, columnId));
  return {
    store,
    writer,
    edits,
    kept,
    outbox: new Outbox(store, live),
    wharf: new Wharf(store, live),
    talk: new Talk(live),
  };
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
    const name = column?.name ?? "";
    notifyProblem(t`${name} was not saved. ${problemText(error)}`);
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
      const field = cardFieldOf(columnId);
      return chat && field ? storedIn(chat.card, field) : chat?.values[columnId];
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

const TRY_EVERY_MS = 5_000;

/** Until the network is said to be back; asked again now and then where that is not said. */
function untilOnline(): Promise<unknown> {
  return new Promise((settle) => {
    window.addEventListener("online", settle, { once: true });
    setTimeout(settle, TRY_EVERY_MS);
  });
}

/** Asks before the tab closes while it holds the only copy of a text or an edit that was not sent. */
function guardUnsent(hasUnsent: () => boolean): () => void {
  const ask = (event: BeforeUnloadEvent) => {
    if (hasUnsent()) event.preventDefault();
  };
  window.addEventListener("beforeunload", ask);
  return () => window.removeEventListener("beforeunload", ask);
}

/** A tab that goes out of sight may never come back: what is typed in it is kept at once. */
function keepOnHiding(talk: Talk): () => void {
  const keep = () => document.visibilityState === "hidden" && talk.leaveAll();
  document.addEventListener("visibilitychange", keep);
  return () => document.removeEventListener("visibilitychange", keep);
}

function useRooms(): Rooms {
  const rooms = useContext(RoomsContext);
  if (!rooms) throw new TypeError("Chats are used outside of a ChatsProvider.");
  return rooms;
}

export function useOutbox(): Outbox {
  return useRooms().outbox;
}

export function useWharf(): Wharf {
  return useRooms().wharf;
}

export function useMessageStore(): MessageStore {
  return useRooms().store;
}

export function useValueEdits(): ValueEdits {
  return useRooms().edits;
}

export function useTalk(): Talk {
  return useRooms().talk;
}

/** What is typed in a chat for a new message. */
export function useDraft(chatId: string): Typed {
  const { talk } = useRooms();
  return useSyncExternalStore(talk.subscribe, () => talk.draft(chatId));
}

/** Who is writing in a chat just now. */
export function useTypists(chatId: string): readonly Typist[] {
  const { talk } = useRooms();
  return useSyncExternalStore(talk.subscribe, () => talk.typists(chatId));
}

/** What waits to be sent in a chat, the next one first. */
export function useScheduled(chatId: string): readonly Message[] {
  const { talk } = useRooms();
  return useSyncExternalStore(talk.subscribe, () => talk.scheduled(chatId));
}

/** Whether a chat that was read carries the mark of an unread one. */
export function useIsMarked(chatId: string): boolean {
  const { talk } = useRooms();
  return useSyncExternalStore(talk.subscribe, () => talk.isMarked(chatId));
}

/** One chat's messages, re-rendering when they change. */
export function useChatLog(chatId: string): ChatLog {
  const { store } = useRooms();
  return useSyncExternalStore(store.subscribe, () => store.log(chatId));
}

/** The newest message of a chat, if this person may see it and it has arrived. */
export function usePreview(chatId: string): Message | undefined {
  const { store } = useRooms();
  return useSyncExternalStore(store.subscribe, () => store.preview(chatId));
}
