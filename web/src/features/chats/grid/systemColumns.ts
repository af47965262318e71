/** The columns every table of chats has, before the workspace's own. */

import type { CellView, SheetColumn } from "@/components/grid/model";
import type { Account, Chat, Hue } from "@/lib/api/types";
import { hueOf, initialsOf } from "../faces";
import { exactTime, listTime } from "../times";
import type { SummaryKind } from "./layout";

export type SystemColumnId =
  | "title"
  | "account"
  | "kind"
  | "members"
  | "invite_link"
  | "last_message"
  | "unread"
  | "comments"
  | "tickets";

/** The words a system cell may need. */
export interface Words {
  names: Record<SystemColumnId, string>;
  kinds: Record<Chat["kind"], string>;
  /** Stands in the cell of a required column without a value. */
  missing: string;
  /** Stands before the number that a summary comes to. */
  summaries: Record<SummaryKind, string>;
  rows: (count: number) => string;
}

const WIDTHS: Record<SystemColumnId, number> = {
  title: 240,
  account: 140,
  kind: 100,
  last_message: 140,
  unread: 90,
  members: 100,
  invite_link: 160,
  comments: 100,
  tickets: 90,
};

const NUMBERS: ReadonlySet<SystemColumnId> = new Set(["members", "unread", "comments", "tickets"]);

export const systemColumnIds = Object.keys(WIDTHS) as SystemColumnId[];

/** Those that stand behind what people fill in, where a view says nothing else: few look at them often. */
const LAST: ReadonlySet<string> = new Set<SystemColumnId>(["members", "invite_link", "comments", "tickets"]);

export function standsLast({ id }: SheetColumn): boolean {
  return LAST.has(id);
}

export function isSystemColumn(id: string): id is SystemColumnId {
  return id in WIDTHS;
}

export function systemColumns({ names }: Words): SheetColumn[] {
  return systemColumnIds.map((id) => ({
    id,
    title: names[id],
    width: WIDTHS[id],
    edit: "none",
  }));
}

export function systemView(
  chat: Chat,
  id: SystemColumnId,
  account: Account | undefined,
  dot: Hue,
  words: Words,
): CellView {
  if (id === "title") {
    return { kind: "title", text: chat.title, initials: initialsOf(chat.title), hue: hueOf(chat.id), dot };
  }
  const isNumber = NUMBERS.has(id);
  return {
    kind: "text",
    text: systemText(chat, id, account, words),
    ...(isNumber ? { align: "right" } : { isFaded: true }),
  };
}

export function systemText(
  chat: Chat,
  id: SystemColumnId,
  account: Account | undefined,
  words: Words,
): string {
  const facts = chat.private;
  switch (id) {
    case "title":
      return chat.title;
    case "account":
      return account?.label || account?.name || "";
    case "kind":
      return words.kinds[chat.kind];
    case "members":
      return facts?.member_count?.toLocaleString() ?? "";
    case "invite_link":
      return facts?.invite_link ?? "";
    case "last_message":
      return facts?.last_message_at
        ? `${arrow(facts.last_direction)} ${listTime(facts.last_message_at)}`.trim()
        : "";
    case "unread":
      return someOf(facts?.unread_count);
    case "comments":
      return someOf(chat.comments);
    case "tickets":
      return someOf(chat.tickets);
  }
}

/** None of something is not worth a figure. */
function someOf(count: number | undefined): string {
  return count ? count.toLocaleString() : "";
}

/** When it was exactly, where the cell says it in short. */
export function systemHint(chat: Chat | undefined, columnId: string): string {
  const at = columnId === "last_message" ? chat?.private?.last_message_at : undefined;
  return at ? exactTime(at) : "";
}

/** ↗ from us, ↙ from them. */
function arrow(direction: "you" | "teammate" | "contact" | null): string {
  if (direction === null) return "";
  return direction === "contact" ? "↙" : "↗";
}
