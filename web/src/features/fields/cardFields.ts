/** A chat's own fields, edited as columns are: each by an id, with the version it changed at. Pure. */

import type { Chat } from "@/lib/api/types";
import type { CellValue } from "./values";
import type { StoredValue } from "./writer";

export type Card = Chat["card"];

export const cardFields = ["assignee", "priority", "first_name", "last_name", "email", "phone"] as const;

export type CardField = (typeof cardFields)[number];

const MARK = "card:";

/** What the field is called among columns; no column's id has a colon. */
export function columnIdOf(field: CardField): string {
  return MARK + field;
}

export function isCardField(name: string): name is CardField {
  return cardFields.some((field) => field === name);
}

/** The field a column's id stands for; undefined for a column of the workspace. */
export function cardFieldOf(columnId: string): CardField | undefined {
  if (!columnId.startsWith(MARK)) return undefined;
  const name = columnId.slice(MARK.length);
  return isCardField(name) ? name : undefined;
}

/** What a chat holds in a column or in a field of its own; undefined where nothing was ever written. */
export function heldIn(chat: Chat, columnId: string): StoredValue | undefined {
  const field = cardFieldOf(columnId);
  return field ? storedIn(chat.card, field) : chat.values[columnId];
}

export function valueIn(chat: Chat, columnId: string): CellValue {
  return heldIn(chat, columnId)?.value ?? null;
}

/** One field as a stored value. */
export function storedIn(card: Card, field: CardField): StoredValue {
  return { value: card[field], version: card.changed[field] ?? 0, set_at: "", set_by: null };
}

/** The chat with another value in one field; its title follows its names. */
export function withCardField(chat: Chat, field: CardField, stored: StoredValue | undefined): Chat {
  const { value, version }: { value: CellValue; version: number } = stored ?? { value: null, version: 0 };
  const { card } = chat;
  const changed = { ...card.changed, [field]: version };
  const after: Card = { ...card, [field]: value, version: Math.max(card.version, version), changed };
  return { ...chat, card: after, title: nameIn(after) || chat.telegram_title };
}

function nameIn({ first_name, last_name }: Card): string {
  return [first_name, last_name].filter(Boolean).join(" ");
}
