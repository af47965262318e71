/** The lines of a conversation, top to bottom: days, the unread mark, messages in groups, texts on their way. Pure. */

import type { Comment } from "@/lib/api/types";
import type { Message } from "@/live/types";
import type { ChatLog, Outgoing } from "./log";

/** Begins the keys of what the person wrote in this tab. */
export const OWN_KEY = "own-";

const GROUP_WITHIN_MS = 5 * 60_000;

export type Row =
  | { kind: "day"; key: string; date: string }
  | { kind: "unread"; key: string }
  | { kind: "message"; key: string; message: Message; parts: readonly Message[]; opensGroup: boolean }
  | { kind: "note"; key: string; comment: Comment }
  | { kind: "outgoing"; key: string; outgoing: Outgoing };

/** The messages of an album are one line: `message` is its first. `unreadFromId` is the first message that was unread when the chat was opened; the mark stays above it. */
export function rowsOf(log: ChatLog, unreadFromId: number | null): Row[] {
  const rows: Row[] = [];
  let previous: Message | undefined;
  for (const message of log.messages) {
    const isNewDay = !previous || dayOf(previous.date) !== dayOf(message.date);
    const isMarked = message.id === unreadFromId;
    const album = isNewDay || isMarked ? undefined : albumOf(rows.at(-1), message);
    if (album) {
      rows[rows.length - 1] = { ...album, parts: [...album.parts, message] };
      continue;
    }
    if (isNewDay) rows.push({ kind: "day", key: `day-${dayOf(message.date)}`, date: message.date });
    if (isMarked) rows.push({ kind: "unread", key: "unread" });
    const opensGroup = isNewDay || isMarked || !belongTogether(previous, message);
    rows.push({ kind: "message", key: rowKey(message), message, parts: [message], opensGroup });
    previous = message;
  }
  for (const outgoing of log.outgoing)
    rows.push({ kind: "outgoing", key: OWN_KEY + outgoing.clientId, outgoing });
  return rows;
}

/** The first of the unread messages, counted from the end; null when all are read or it is not loaded. */
export function firstUnread(messages: readonly Message[], unreadCount: number): number | null {
  if (unreadCount <= 0) return null;
  const incoming = messages.filter((each) => each.direction === "in");
  return incoming.at(-unreadCount)?.id ?? null;
}

/** A text of ours keeps its key when it becomes a message, so that its bubble stays where it is. */
function rowKey(message: Message): string {
  return message.client_id ? OWN_KEY + message.client_id : `message-${message.id}`;
}

/** The line above, when the message is a further part of the album in it. */
function albumOf(row: Row | undefined, message: Message): Extract<Row, { kind: "message" }> | undefined {
  const album = message.media?.album_id ?? null;
  if (row?.kind !== "message" || album === null || row.message.media?.album_id !== album) return undefined;
  return row;
}

function belongTogether(a: Message | undefined, b: Message): boolean {
  if (!a || a.direction !== b.direction || a.sender?.id !== b.sender?.id) return false;
  return Date.parse(b.date) - Date.parse(a.date) < GROUP_WITHIN_MS;
}

/** The day in the person's own time zone. */
function dayOf(date: string): string {
  const at = new Date(date);
  return `${at.getFullYear()}-${at.getMonth() + 1}-${at.getDate()}`;
}
