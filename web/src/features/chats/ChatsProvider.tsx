/** What the inbox and the table share for as long as a workspace is open: messages, the outbox, edits of values. */

import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import {
  createContext,
  type ReactNode,
  use,
  useContext,
  useEffect,
  useState,
  useSyncExternalStore,
} from "react";
import { useMe, useWorkspace } from "@/lib/session";
import { useLive } from "@/live/LiveProvider";
import type { Live, Message } from "@/live/types";
import { beginWith } from "./cache";
import { Editing } from "./editing";
import type { ValueEdits } from "./edits";
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
  editing: Editing;
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
    const { store, editing, outbox, wharf, talk, kept } = rooms;
    const ends = [
      followLive(live, { workspaceId, client, store, editing, talk, kept, leftOut: new Set() }),
      followKept(kept, client),
      outbox.start(),
      talk.start(),
      wharf.start(),
      guardUnsent(() => store.chatsWithOutgoing().length > 0 || editing.isWaiting),
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
  return {
    store,
    editing: new Editing(client, workspaceId),
    kept,
    outbox: new Outbox(store, live),
    wharf: new Wharf(store, live),
    talk: new Talk(live),
  };
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

/** Edits of values; waits where their code is not there yet. */
export function useValueEdits(): ValueEdits {
  return use(useRooms().editing.open()).edits;
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
