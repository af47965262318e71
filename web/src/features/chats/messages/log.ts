/** One chat's messages as this tab knows them, and what was written here but is not confirmed yet. Pure. */

import type { SentKind } from "@/live/requests";
import type { Message, MessageEntity, MessageReaction } from "@/live/types";

/** `waiting`: on its way. `failed`: Telegram has not sent it. `unknown`: it may have been sent. */
export type OutgoingState = "waiting" | "failed" | "unknown";

/** A text written here that history does not show yet. The browser holds the only copy of it. */
export interface Outgoing {
  readonly clientId: string;
  readonly text: string;
  readonly entities: readonly MessageEntity[];
  readonly replyToId: number | null;
  /** When Telegram is to send it; null for now. */
  readonly scheduleAt: string | null;
  readonly isSilent: boolean;
  readonly hasPreview?: boolean;
  readonly createdAt: number;
  readonly state: OutgoingState;
  /** Why it waits or failed, in words for a person. */
  readonly reason: string | null;
  /** What is sent with it, or instead of a text; `media/shipments` carries those. */
  readonly files?: readonly OutgoingFile[];
  /** What is sent on, instead of a text written here. */
  readonly forwarded?: Forwarded;
}

/** Messages of another chat of the same account. */
export interface Forwarded {
  readonly fromChatId: string;
  readonly messageIds: readonly number[];
}

/** A file on its way; `url` shows it from this tab's memory. */
export interface OutgoingFile {
  readonly name: string;
  readonly kind: SentKind;
  readonly url: string;
}

export interface ChatLog {
  /** Oldest first, without holes between the first and the last. */
  readonly messages: readonly Message[];
  readonly outgoing: readonly Outgoing[];
  readonly hasOlder: boolean;
  readonly isLoaded: boolean;
  /** The newest message of ours that the other side has read; 0 when unknown. */
  readonly readOutUpTo: number;
}

export interface HistoryPage {
  messages: readonly Message[];
  has_more: boolean;
}

export const emptyLog: ChatLog = {
  messages: [],
  outgoing: [],
  hasOlder: true,
  isLoaded: false,
  readOutUpTo: 0,
};

/** Takes the newest page: it says what stands in its range, so what it leaves out there was deleted. */
export function withLatestPage(log: ChatLog, page: HistoryPage): ChatLog {
  const first = page.messages[0];
  const last = page.messages.at(-1);
  if (!first || !last) return settled({ ...log, messages: [], hasOlder: false, isLoaded: true });
  const reachesKnown = !page.has_more || log.messages.some((each) => each.id >= first.id);
  const older = reachesKnown ? log.messages.filter((each) => each.id < first.id) : [];
  const newer = log.messages.filter((each) => each.id > last.id);
  return settled({
    ...log,
    messages: [...older, ...page.messages, ...newer],
    hasOlder: older.length > 0 ? log.hasOlder : page.has_more,
    isLoaded: true,
  });
}

/** Puts a page that ends before the oldest known message in front of it. */
export function withOlderPage(log: ChatLog, page: HistoryPage): ChatLog {
  const oldest = log.messages[0]?.id ?? Number.POSITIVE_INFINITY;
  const older = page.messages.filter((each) => each.id < oldest);
  return settled({ ...log, messages: [...older, ...log.messages], hasOlder: page.has_more });
}

/** Adds or replaces one message at its place. */
export function withMessage(log: ChatLog, message: Message): ChatLog {
  const others = log.messages.filter((each) => each.id !== message.id);
  const place = others.findLastIndex((each) => each.id < message.id) + 1;
  return settled({ ...log, messages: others.toSpliced(place, 0, message) });
}

/** Replaces a message if it is known; an edit of one that was never loaded changes nothing. */
export function withEdit(log: ChatLog, message: Message): ChatLog {
  return log.messages.some((each) => each.id === message.id) ? withMessage(log, message) : log;
}

export function withReactions(
  log: ChatLog,
  messageId: number,
  reactions: readonly MessageReaction[],
): ChatLog {
  return withChanged(log, messageId, (message) => ({
    ...message,
    reactions: reactions.map((each) => ({ ...each, mine: each.mine ?? isOwn(message, each.emoji) })),
  }));
}

function isOwn({ reactions }: Message, emoji: string): boolean {
  return reactions.some((each) => each.emoji === emoji && each.mine);
}

export function withPinned(log: ChatLog, messageId: number, isPinned: boolean): ChatLog {
  return withChanged(log, messageId, (message) => ({ ...message, is_pinned: isPinned }));
}

function withChanged(log: ChatLog, messageId: number, how: (message: Message) => Message): ChatLog {
  const known = log.messages.find((each) => each.id === messageId);
  return known ? withMessage(log, how(known)) : log;
}

/** The ids of a message and of all known messages of its album, in their order. */
export function albumIds(log: ChatLog, message: Message): number[] {
  const album = message.media?.album_id ?? null;
  if (album === null) return [message.id];
  const ids = log.messages.filter((each) => each.media?.album_id === album).map((each) => each.id);
  return ids.length > 0 ? ids : [message.id];
}

export function withoutMessages(log: ChatLog, ids: readonly number[]): ChatLog {
  return { ...log, messages: log.messages.filter((each) => !ids.includes(each.id)) };
}

/** Read marks only grow. */
export function withReadOut(log: ChatLog, upToId: number): ChatLog {
  return { ...log, readOutUpTo: Math.max(log.readOutUpTo, upToId) };
}

export function withOutgoing(log: ChatLog, outgoing: Outgoing): ChatLog {
  return { ...log, outgoing: [...log.outgoing, outgoing] };
}

/** Moves one outgoing text to another state; one that is settled already stays settled. */
export function withOutgoingState(
  log: ChatLog,
  clientId: string,
  state: OutgoingState,
  reason: string | null = null,
): ChatLog {
  const moved = (each: Outgoing) => (each.clientId === clientId ? { ...each, state, reason } : each);
  return { ...log, outgoing: log.outgoing.map(moved) };
}

/** What was sent, where it was on its way. Nothing of it is in the chat while it waits for its time, or once deleted. */
export function withSent(
  log: ChatLog,
  clientId: string,
  { message, messages }: { message: Message | null; messages?: readonly Message[] | null },
): ChatLog {
  const sent = (messages ?? (message ? [message] : [])).filter((each) => !each.is_scheduled);
  const there = sent.map((each) => ({ ...each, client_id: clientId }));
  return there.reduce(withMessage, withoutOutgoing(log, clientId));
}

export function withoutOutgoing(log: ChatLog, clientId: string): ChatLog {
  return { ...log, outgoing: log.outgoing.filter((each) => each.clientId !== clientId) };
}

/** An outgoing text whose client id stands in history was sent, whatever was believed of it. */
function settled(log: ChatLog): ChatLog {
  if (log.outgoing.length === 0) return log;
  const sent = new Set(log.messages.map((each) => each.client_id));
  return { ...log, outgoing: log.outgoing.filter((each) => !sent.has(each.clientId)) };
}
