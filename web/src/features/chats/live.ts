/** What the live events do to what is shown: message logs, chat rows, values, columns. */

import type { QueryClient } from "@tanstack/react-query";
import { accountsQuery } from "@/features/accounts/accountsQuery";
import { ApiError } from "@/lib/api/errors";
import type { Change, Chat, ChatPrivate } from "@/lib/api/types";
import type { Live, LiveEvents, Message } from "@/live/types";
import { cachedChat, patchChat, putChat, refetchChat, refreshChats } from "./cache";
import type { Editing } from "./editing";
import type { JournalReader } from "./kept/journal";
import type { KeptRows } from "./kept/opening";
import {
  withEdit,
  withMessage,
  withoutMessages,
  withPinned,
  withReactions,
  withReadOut,
} from "./messages/log";
import type { MessageStore } from "./messages/store";
import type { Talk } from "./messages/talk";

/** Everything an event may touch. */
export interface Shown {
  workspaceId: string;
  client: QueryClient;
  store: MessageStore;
  editing: Editing;
  talk: Talk;
  kept: Promise<Pick<KeptRows, "cursor" | "readAsFarAs" | "forget">>;
  /** Chats that stay out of the workspace and were heard of all the same: they are not asked for again. */
  leftOut: Set<string>;
}

/** Applies every event until the returned function is called. */
export function followLive(live: Live, shown: Shown): () => void {
  const journal = openJournal(shown);
  const ends = [
    live.on("message.new", (event) => messageArrived(shown, event)),
    live.on("message.edited", ({ chat_id, message }) => messageEdited(shown, chat_id, message)),
    live.on("message.reacted", ({ chat_id, message_id, reactions }) =>
      shown.store.change(chat_id, (log) => withReactions(log, message_id, reactions)),
    ),
    live.on("message.pinned", (event) => messagesPinned(shown, event)),
    live.on("message.deleted", (event) => messagesDeleted(shown, event)),
    live.on("chat.read", (event) => chatRead(shown, event)),
    live.on("chat.changed", ({ chat }) => putChatKeepingEdits(shown, chat)),
    live.on("change", ({ change }) => attempt(applyChange(shown, change))),
    live.on("chat.missed", () => attempt(refreshAll(shown))),
    live.on("connection.changed", ({ state }) => {
      if (state === "disconnected" || state === "closed") attempt(disconnected(shown));
    }),
    live.on("sync.progress", () => attempt(refreshChats(shown.client, shown.workspaceId))),
    live.onWelcome(() => attempt(journal.then((reader) => reader.catchUp()))),
    // What changed before the relay knew of this tab was told to nobody; the journal shows it with a delay.
    live.onSettled(() => void journal.then((reader) => reader.catchUpLater())),
    live.onWelcome(() => attempt(loadPreviews(live, shown))),
    live.onBehind(() => attempt(refreshAll(shown))),
  ];
  return () => {
    for (const end of ends) end();
    void journal.then((reader) => reader.stop());
  };
}

/** Its code comes after the first sight of the page. */
async function openJournal(shown: Shown): Promise<JournalReader> {
  const { JournalReader } = await import("./kept/journal");
  return new JournalReader(shown, {
    apply: (change) => tried(applyChange(shown, change)),
    refresh: () => refreshChats(shown.client, shown.workspaceId),
  });
}

/** A refused refresh is left alone: what is shown stays, and the next reconnect refreshes again. */
async function tried(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
  }
}

function attempt(work: Promise<unknown>): void {
  void tried(work);
}

async function loadPreviews(live: Live, { store, talk }: Shown): Promise<void> {
  const { previews, drafts, marked_unread } = await live.request("chat.previews", {});
  store.setPreviews(previews);
  for (const chatId of Object.keys(previews)) {
    talk.offerDraft(chatId, drafts[chatId] ?? null);
    talk.setMarked(chatId, chatId in marked_unread);
  }
}

function messagesPinned(
  { store, client }: Shown,
  { chat_id, message_ids, is_pinned }: LiveEvents["message.pinned"],
): void {
  for (const id of message_ids) store.change(chat_id, (log) => withPinned(log, id, is_pinned));
  attempt(client.invalidateQueries({ queryKey: ["pinned", chat_id] }));
}

function messageArrived(shown: Shown, { chat_id, message }: LiveEvents["message.new"]): void {
  const { client, workspaceId, store } = shown;
  store.offerPreview(chat_id, message);
  if (store.log(chat_id).isLoaded) store.change(chat_id, (log) => withMessage(log, message));
  if (!cachedChat(client, workspaceId, chat_id) && !shown.leftOut.has(chat_id)) attempt(meet(shown, chat_id));
  patchPrivate(shown, chat_id, (facts) =>
    facts.last_message_id >= message.id ? facts : afterMessage(facts, message),
  );
}

async function meet({ client, workspaceId, leftOut }: Shown, chatId: string): Promise<void> {
  const chat = await refetchChat(client, workspaceId, chatId);
  if (chat?.excluded) leftOut.add(chatId);
}

/** In a channel nobody waits, which shows by its silence that is not counted. */
function afterMessage(facts: ChatPrivate, message: Message): ChatPrivate {
  const isIn = message.direction === "in";
  const takesReplies = facts.silent_since !== null || facts.last_message_at === null;
  return {
    ...facts,
    answered: false,
    ...(takesReplies && {
      waiting_since: isIn ? (facts.waiting_since ?? message.date) : null,
      silent_since: isIn ? (facts.silent_since ?? message.date) : message.date,
    }),
    last_message_id: message.id,
    last_message_at: message.date,
    last_direction: isIn ? "contact" : "you",
    unread_count: isIn ? facts.unread_count + 1 : facts.unread_count,
  };
}

function messageEdited({ store, client }: Shown, chatId: string, message: Message): void {
  store.change(chatId, (log) => withEdit(log, message));
  if (store.preview(chatId)?.id === message.id) store.offerPreview(chatId, message);
  refreshShownApart(client, chatId, [message.id]);
}

/** Messages that are shown apart from the log, too: pinned ones, and those that others answer. */
function refreshShownApart(client: QueryClient, chatId: string, ids: readonly number[]): void {
  for (const id of ids) attempt(client.invalidateQueries({ queryKey: ["original", chatId, id] }));
  const pinned = client.getQueryData<{ messages: Message[] }>(["pinned", chatId]);
  if (pinned?.messages.some((each) => ids.includes(each.id)))
    attempt(client.invalidateQueries({ queryKey: ["pinned", chatId] }));
}

function messagesDeleted(
  shown: Shown,
  { account_id, chat_id, message_ids }: LiveEvents["message.deleted"],
): void {
  const { store, client } = shown;
  const chatIds = chat_id === null ? privateChats(shown, account_id) : [chat_id];
  for (const chatId of chatIds) {
    store.dropPreview(chatId, message_ids);
    store.change(chatId, (log) => withoutMessages(log, message_ids));
    refreshShownApart(client, chatId, message_ids);
  }
}

/** The account's chats that share one numbering of messages, as far as this tab has shown them. */
function privateChats({ client, workspaceId, store }: Shown, accountId: string): string[] {
  return store.chatIds().filter((chatId) => {
    const chat = cachedChat(client, workspaceId, chatId);
    return chat?.account_id === accountId && (chat.kind === "private" || chat.kind === "bot");
  });
}

function chatRead(
  shown: Shown,
  { chat_id, direction, up_to_id, unread_count }: LiveEvents["chat.read"],
): void {
  if (direction === "out") shown.store.change(chat_id, (log) => withReadOut(log, up_to_id));
  else if (unread_count !== null) patchPrivate(shown, chat_id, (facts) => ({ ...facts, unread_count }));
}

function patchPrivate(
  { client, workspaceId }: Shown,
  chatId: string,
  how: (facts: ChatPrivate) => ChatPrivate,
): void {
  patchChat(client, workspaceId, chatId, (chat) =>
    chat.private ? { ...chat, private: how(chat.private) } : chat,
  );
}

/** Takes the chat's facts; what people edit goes through the writer, so that an edit under way is not overwritten. */
function putChatKeepingEdits({ client, workspaceId, editing }: Shown, chat: Chat): void {
  const before = cachedChat(client, workspaceId, chat.id);
  if (!before || !editing.isOpened) {
    putChat(client, workspaceId, chat);
    return;
  }
  putChat(client, workspaceId, { ...chat, values: before.values, card: before.card });
  void editing.open().then(({ observe }) => observe(chat));
}

/** Nothing of an account stays in this browser once it is disconnected: what is kept is loaded anew another time. */
async function disconnected({ kept, client, workspaceId }: Shown): Promise<void> {
  await (await kept).forget();
  await refreshChats(client, workspaceId);
}

/** What journalled changes do is loaded with the first of them; they are applied in their order all the same. */
async function applyChange(shown: Shown, change: Change): Promise<void> {
  const { apply } = await import("./changes");
  await apply(shown, change);
}

/** What is known of accounts and chats besides their rows, by the first word of its key. */
const TOLD_BY_EVENTS = ["standing", "history", "original", "pinned", "chat-info", "chat-members", "comments"];

/** After a gap nobody knows what was missed: whatever is shown is read again, and what is not when it is shown. */
async function refreshAll(shown: Shown): Promise<void> {
  await Promise.all([
    refreshChats(shown.client, shown.workspaceId),
    shown.client.invalidateQueries(accountsQuery(shown.workspaceId)),
    ...TOLD_BY_EVENTS.map((kind) => shown.client.invalidateQueries({ queryKey: [kind] })),
  ]);
}
