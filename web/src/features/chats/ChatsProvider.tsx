/** What the inbox and the table share for as long as a workspace is open: messages, the outbox, edits of values. */

import { t } from "@lingui/core/macro";
import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from "react";
import { cachedColumn } from "@/features/fields/columns";
import { type RefusedWrite, type ShownValues, type StoredValue, ValueWriter } from "@/features/fields/writer";
import { http } from "@/lib/api/client";
import { notifyProblem } from "@/lib/notify";
import { problemText } from "@/lib/problemText";
import { useWorkspace } from "@/lib/session";
import { useLive } from "@/live/LiveProvider";
import type { Live, Message } from "@/live/types";
import { cachedChat, patchChat } from "./cache";
import { ValueEdits } from "./edits";
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
}

const RoomsContext = createContext<Rooms | null>(null);

/** Follows the workspace's live events while mounted. Inside a LiveProvider; a new workspace needs a new one. */
export function ChatsProvider({ children }: { children: ReactNode }) {
  const workspaceId = useWorkspace().id;
  const client = useQueryClient();
  const live = useLive();
  const [rooms] = useState(() => openRooms(workspaceId, client, live));
  useEffect(() => {
    const { store, writer, outbox, wharf, talk } = rooms;
    const ends = [
      followLive(live, { workspaceId, client, store, writer, talk }),
      outbox.start(),
      talk.start(),
      wharf.start(),
      guardUnsent(store),
      keepOnHiding(talk),
    ];
    return () => {
      for (const end of ends) end();
    };
  }, [rooms, live, client, workspaceId]);
  return <RoomsContext value={rooms}>{children}</RoomsContext>;
}

function openRooms(workspaceId: string, client: QueryClient, live: Live): Rooms {
  const store = new MessageStore();
  const shown = cachedValues(client, workspaceId);
  const writer = new ValueWriter(
    shown,
    (chatId, columnId, body) => putValue(workspaceId, chatId, columnId, body),
    (refused) => {
      edits.forget(refused.change);
      explain(refused, client, workspaceId, edits);
    },
  );
  const edits = new ValueEdits(shown, writer, (chatId, columnId) => getValue(workspaceId, chatId, columnId));
  return {
    store,
    writer,
    edits,
    outbox: new Outbox(store, live),
    wharf: new Wharf(store, live),
    talk: new Talk(live),
  };
}

function explain(refused: RefusedWrite, client: QueryClient, workspaceId: string, edits: ValueEdits): void {
  const { change, error, standing } = refused;
  const column = cachedColumn(client, workspaceId, change.columnId);
  if (column && standing) {
    const overwrite = () => edits.set(change.chatId, change.columnId, change.after);
    void import("./notifyConflict").then((told) => told.notifyConflict(column, standing.value, overwrite));
  } else {
    const name = column?.name ?? "";
    notifyProblem(t`${name} was not saved. ${problemText(error)}`);
  }
}

function cachedValues(client: QueryClient, workspaceId: string): ShownValues {
  return {
    read: (chatId, columnId) => cachedChat(client, workspaceId, chatId)?.values[columnId],
    show: (chatId, columnId, stored) =>
      patchChat(client, workspaceId, chatId, (chat) => {
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

/** Asks before the tab closes while it holds the only copy of a text that was not sent. */
function guardUnsent(store: MessageStore): () => void {
  const ask = (event: BeforeUnloadEvent) => {
    if (store.chatsWithOutgoing().length > 0) event.preventDefault();
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
