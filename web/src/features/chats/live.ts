/** What the live events do to what is shown: message logs, chat rows, values, columns. */

import type { QueryClient } from "@tanstack/react-query";
import * as v from "valibot";
import { accountsQuery } from "@/features/accounts/accountsQuery";
import { type CardField, cardFieldOf, cardFields, columnIdOf, storedIn } from "@/features/fields/cardFields";
import { columnsQuery } from "@/features/fields/columnsQuery";
import type { StoredValue, ValueWriter } from "@/features/fields/writer";
import { viewsQuery } from "@/features/views/viewsQuery";
import { ApiError } from "@/lib/api/errors";
import type { Change, Chat, ChatPrivate } from "@/lib/api/types";
import type { Live, LiveEvents, Message } from "@/live/types";
import { cachedChat, chatsQuery, dropChats, patchChat, putChat, refetchChat } from "./cache";
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

const setValue = v.object({
  column_id: v.string(),
  value: v.union([v.string(), v.number(), v.boolean(), v.array(v.string()), v.null()]),
  version: v.number(),
});

const changedCard = v.looseObject({ version: v.number() });

/** Everything an event may touch. */
export interface Shown {
  workspaceId: string;
  client: QueryClient;
  store: MessageStore;
  writer: ValueWriter;
  talk: Talk;
  kept: Promise<Pick<KeptRows, "cursor" | "readAsFarAs" | "forget">>;
}

/** Chats that stay out of the workspace and were heard of all the same: they are not asked for with each message. */
const leftOut = new Set<string>();

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
    live.on("change", ({ change }) => applyChange(shown, change)),
    live.on("chat.missed", () => attempt(refreshAll(shown))),
    live.on("connection.changed", ({ state }) => {
      if (state === "disconnected" || state === "closed") attempt(disconnected(shown));
    }),
    live.on("sync.progress", () => attempt(refreshChats(shown))),
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
    apply: (change) => applyChange(shown, change),
    refresh: () => refreshChats(shown),
  });
}

/** A refused refresh is left alone: what is shown stays, and the next reconnect refreshes again. */
function attempt(work: Promise<unknown>): void {
  work.catch((error: unknown) => {
    if (!(error instanceof ApiError)) throw error;
  });
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
  if (!cachedChat(client, workspaceId, chat_id) && !leftOut.has(chat_id)) attempt(meet(shown, chat_id));
  patchPrivate(shown, chat_id, (facts) =>
    facts.last_message_id >= message.id ? facts : afterMessage(facts, message),
  );
}

async function meet({ client, workspaceId }: Shown, chatId: string): Promise<void> {
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
function putChatKeepingEdits({ client, workspaceId, writer }: Shown, chat: Chat): void {
  const before = cachedChat(client, workspaceId, chat.id);
  putChat(client, workspaceId, before ? { ...chat, values: before.values, card: before.card } : chat);
  if (!before) return;
  for (const [columnId, stored] of Object.entries(chat.values)) writer.observe(chat.id, columnId, stored);
  for (const field of cardFields) writer.observe(chat.id, columnIdOf(field), storedIn(chat.card, field));
}

/** Nothing of an account stays in this browser once it is disconnected: what is kept is loaded anew another time. */
async function disconnected(shown: Shown): Promise<void> {
  await (await shown.kept).forget();
  await refreshChats(shown);
}

function applyChange(shown: Shown, change: Change): void {
  if (change.kind.startsWith("column.")) attempt(refreshColumns(shown, change));
  else if (change.kind.startsWith("view."))
    attempt(shown.client.invalidateQueries({ queryKey: viewsQuery(shown.workspaceId).queryKey }));
  else if (change.kind.startsWith("value.")) valueChanged(shown, change);
  else if (change.kind.startsWith("comment."))
    attempt(shown.client.invalidateQueries({ queryKey: ["comments", change.target] }));
  else if (change.kind.startsWith("card.")) cardChanged(shown, change);
  else if (change.kind.startsWith("chats.")) chatsMoved(shown, change);
  else if (change.kind.startsWith("chat."))
    attempt(refetchChat(shown.client, shown.workspaceId, change.target));
}

function valueChanged({ client, workspaceId, writer }: Shown, change: Change): void {
  const read = v.safeParse(setValue, change.new);
  if (!read.success) {
    attempt(refetchChat(client, workspaceId, change.target));
    return;
  }
  const { column_id, value, version } = read.output;
  const stored: StoredValue = { value, version, set_at: change.at, set_by: change.actor.id, is_cut: false };
  writer.observe(change.target, column_id, stored);
}

/** Each field by itself: others of the same card may be under way. */
function cardChanged({ writer }: Shown, change: Change): void {
  const read = v.safeParse(changedCard, change.new);
  if (!read.success) return;
  const { version, ...values } = read.output;
  for (const [field, value] of Object.entries(values)) {
    const columnId = columnIdOf(field as CardField);
    if (!cardFieldOf(columnId)) continue;
    writer.observe(change.target, columnId, {
      value: value as StoredValue["value"],
      version,
      set_at: change.at,
      set_by: change.actor.id,
      is_cut: false,
    });
  }
}

/** Chats left the workspace or came into it. Which ones is not told of those that are hidden by now. */
function chatsMoved(shown: Shown, change: Change): void {
  const ids = new Set(Object.keys((change.new as Record<string, boolean> | null) ?? {}));
  for (const id of ids) leftOut.delete(id);
  if (change.kind === "chats.excluded" && ids.size > 0) dropChats(shown.client, shown.workspaceId, ids);
  else attempt(refreshChats(shown));
}

/** Changes of a column after which the chats hold other values; another default is one, too. */
const OF_ALL_VALUES = ["column.deleted", "column.converted", "column.options_merged"];

function concernsValues({ kind, old, new: changed }: Change): boolean {
  return OF_ALL_VALUES.includes(kind) || (kind === "column.changed" && defaultIn(old) !== defaultIn(changed));
}

function defaultIn(column: unknown): string | undefined {
  return JSON.stringify((column as { default?: unknown } | null)?.default);
}

async function refreshColumns({ client, workspaceId }: Shown, change: Change): Promise<void> {
  // Work on all values of a column tells of each of its steps; nothing shown follows from them before the last.
  if (change.kind.startsWith("column.values_")) return;
  await client.invalidateQueries({ queryKey: columnsQuery(workspaceId).queryKey });
  if (concernsValues(change)) await client.invalidateQueries({ queryKey: chatsQuery(workspaceId).queryKey });
}

/** A refresh that is under way is let run: events may come faster than answers. */
function refreshChats({ client, workspaceId }: Shown): Promise<void> {
  return client.invalidateQueries({ queryKey: chatsQuery(workspaceId).queryKey }, { cancelRefetch: false });
}

/** What is known of accounts and chats besides their rows, by the first word of its key. */
const TOLD_BY_EVENTS = ["standing", "history", "original", "pinned", "chat-info", "chat-members", "comments"];

/** After a gap nobody knows what was missed: whatever is shown is read again, and what is not when it is shown. */
async function refreshAll(shown: Shown): Promise<void> {
  await Promise.all([
    refreshChats(shown),
    shown.client.invalidateQueries(accountsQuery(shown.workspaceId)),
    ...TOLD_BY_EVENTS.map((kind) => shown.client.invalidateQueries({ queryKey: [kind] })),
  ]);
}
