/** Which chats the inbox lists, and in which order. Pure. */

import type { Chat, ChatPrivate } from "@/lib/api/types";

export type InboxFilter = "unread" | "unanswered";

/** A chat whose messages this person may read. */
export type ReadableChat = Chat & { private: ChatPrivate };

export interface InboxWish {
  filter: InboxFilter | undefined;
  accountId: string | undefined;
  search: string;
  /** Stays listed although it was just read, while it is open. */
  openChatId: string | undefined;
}

/** The chats the wish asks for: pinned first, then the ones where something happened last. */
export function listed(chats: readonly Chat[], wish: InboxWish): ReadableChat[] {
  return chats
    .filter(isReadable)
    .filter((chat) => isWished(chat, wish))
    .toSorted(byActivity);
}

export function isReadable(chat: Chat): chat is ReadableChat {
  return chat.private !== null;
}

/** The other side wrote last. */
export function isUnanswered(chat: ReadableChat): boolean {
  return chat.private.last_direction === "contact" && chat.kind !== "channel";
}

function isWished(chat: ReadableChat, { filter, accountId, search, openChatId }: InboxWish): boolean {
  if (accountId !== undefined && chat.account_id !== accountId) return false;
  if (!isFound(chat, search)) return false;
  if (chat.id === openChatId) return true;
  if (filter === "unread") return chat.private.unread_count > 0;
  return filter !== "unanswered" || isUnanswered(chat);
}

function isFound({ title, private: facts }: ReadableChat, search: string): boolean {
  const wanted = search.trim().toLocaleLowerCase().replace(/^@/, "");
  return (
    wanted === "" || [title, facts.username ?? ""].some((text) => text.toLocaleLowerCase().includes(wanted))
  );
}

function byActivity(a: ReadableChat, b: ReadableChat): number {
  const pinned = Number(b.private.pinned) - Number(a.private.pinned);
  return pinned || activity(b) - activity(a) || a.title.localeCompare(b.title);
}

function activity({ private: { last_message_at } }: ReadableChat): number {
  return last_message_at ? Date.parse(last_message_at) : 0;
}
