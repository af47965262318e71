/** What chats can be filtered and sorted by: the same fields that the API's filters know. Pure. */

import { cardFieldOf, columnIdOf, isCardField } from "@/features/fields/cardFields";
import type { ReadableColumn } from "@/features/fields/columns";
import { filesIn } from "@/features/fields/values";
import type { Choice, Field, Fields } from "@/features/views/fields";
import type { FieldKind } from "@/features/views/filter/model";
import type { Rank } from "@/features/views/order";
import type { Account, Chat, ChatPrivate, Column } from "@/lib/api/types";
import { peopleOf } from "../people";
import { isSystemColumn, type Words } from "./systemColumns";

const COLUMN = "column:";
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** Fields whose names are no system column's. */
export type HiddenField =
  | "mine"
  | "assignee"
  | "priority"
  | "first_name"
  | "last_name"
  | "email"
  | "phone"
  | "username"
  | "pinned"
  | "last_direction"
  | "waiting_hours"
  | "silent_days"
  | "answered";
export type Priority = NonNullable<Chat["card"]["priority"]>;
export type Direction = NonNullable<ChatPrivate["last_direction"]>;

export interface FieldWords extends Pick<Words, "names" | "kinds"> {
  fields: Record<HiddenField, string>;
  directions: Record<Direction, string>;
  priorities: Record<Priority, string>;
}

export interface FieldData {
  columns: readonly ReadableColumn[];
  accounts: readonly Account[];
  words: FieldWords;
  /** Up to when it is counted how long somebody waits. */
  nowMs: () => number;
}

/** The field that a column of the table shows. */
export function fieldOfColumn(columnId: string): string {
  const ofCard = cardFieldOf(columnId);
  if (ofCard) return ofCard;
  if (!isSystemColumn(columnId)) return COLUMN + columnId;
  return columnId === "last_message" ? "last_message_at" : columnId;
}

/** The column of the table that shows a field. */
export function columnOfField(field: string): string {
  if (field.startsWith(COLUMN)) return field.slice(COLUMN.length);
  if (isCardField(field)) return columnIdOf(field);
  return field === "last_message_at" ? "last_message" : field;
}

/** Every field, those of the workspace's own columns last. */
export function chatFields(data: FieldData): Fields<Chat> {
  const { words, nowMs } = data;
  const { names, fields, directions, priorities } = words;
  const directionNames: Choice[] = (["contact", "you", "teammate"] as const).map((value) => ({
    value,
    label: directions[value],
  }));
  const priorityNames: Choice[] = (["high", "medium", "low"] as const).map((value) => ({
    value,
    label: priorities[value],
  }));
  return new Map(
    [
      text("title", names.title, (chat) => chat.title),
      accountField(data),
      choice("kind", names.kind, choicesOf(words.kinds), (chat) => chat.kind),
      check("mine", fields.mine, (chat) => chat.private !== null),
      assigneeField(data),
      choice("priority", fields.priority, priorityNames, (chat) => chat.card.priority),
      text("first_name", fields.first_name, (chat) => chat.card.first_name),
      text("last_name", fields.last_name, (chat) => chat.card.last_name),
      text("email", fields.email, (chat) => chat.card.email),
      text("phone", fields.phone, (chat) => chat.card.phone),
      number("unread", names.unread, (chat) => chat.private?.unread_count),
      number("waiting_hours", fields.waiting_hours, (chat) =>
        sinceMoment(chat.private?.waiting_since, nowMs(), HOUR_MS),
      ),
      number("silent_days", fields.silent_days, (chat) =>
        sinceMoment(chat.private?.silent_since, nowMs(), DAY_MS),
      ),
      check("answered", fields.answered, (chat) => chat.private?.answered),
      lastMessage(names.last_message),
      choice("last_direction", fields.last_direction, directionNames, (chat) => chat.private?.last_direction),
      number("comments", names.comments, (chat) => chat.comments),
      number("tickets", names.tickets, (chat) => chat.tickets),
      number("members", names.members, (chat) => chat.private?.member_count),
      text("username", fields.username, (chat) => chat.private?.username),
      text("invite_link", names.invite_link, (chat) => chat.private?.invite_link),
      check("pinned", fields.pinned, (chat) => chat.private?.pinned),
      ...data.columns.map(ofColumn),
    ].map((field) => [field.name, field]),
  );
}

type ChatField = Field<Chat>;
type Given<Value> = (chat: Chat) => Value | null | undefined;

function text(name: string, label: string, read: Given<string>): ChatField {
  return { name, label, kind: "text", read, rank: (chat) => read(chat) || null };
}

function number(name: string, label: string, read: Given<number>): ChatField {
  return { name, label, kind: "number", read, rank: (chat) => read(chat) ?? null };
}

/** What is checked comes first. */
function check(name: string, label: string, read: Given<boolean>): ChatField {
  return { name, label, kind: "check", read, rank: (chat) => (read(chat) === true ? 0 : null) };
}

/** Ordered as its choices are. */
function choice(
  name: string,
  label: string,
  choices: readonly Choice[],
  read: Given<string>,
  isOffered: (choice: Choice) => boolean = () => true,
): ChatField {
  const places = new Map(choices.map(({ value }, place) => [value, place]));
  const rank = (chat: Chat): Rank => places.get(read(chat) ?? "") ?? null;
  return { name, label, kind: "choice", read, rank, choices: choices.filter(isOffered) };
}

function choicesOf(names: Record<string, string>): Choice[] {
  return Object.entries(names).map(([value, label]) => ({ value, label }));
}

function accountField({ accounts, words }: FieldData): ChatField {
  const named = accounts.map(({ id, label, name }) => ({ value: id, label: label || name }));
  const sorted = named.toSorted((a, b) => a.label.localeCompare(b.label));
  return choice("account", words.names.account, sorted, (chat) => chat.account_id);
}

/** Who ended their connection stays assigned, and can be looked for. */
function assigneeField({ accounts, words }: FieldData): ChatField {
  const named = peopleOf(accounts).map(({ user_id, full_name }) => ({ value: user_id, label: full_name }));
  const sorted = named.toSorted((a, b) => a.label.localeCompare(b.label));
  return {
    ...choice("assignee", words.fields.assignee, sorted, (chat) => chat.card.assignee),
    kind: "person",
  };
}

function lastMessage(label: string): ChatField {
  return {
    name: "last_message_at",
    label,
    kind: "moment",
    read: (chat) => chat.private?.last_message_at,
    rank: lastMs,
  };
}

function lastMs(chat: Chat): number | null {
  const at = chat.private?.last_message_at;
  return at ? Date.parse(at) : null;
}

/** How long ago it began; null where it has not. */
function sinceMoment(at: string | null | undefined, nowMs: number, unitMs: number): number | null {
  return at ? (nowMs - Date.parse(at)) / unitMs : null;
}

const KINDS: Readonly<Record<Column["type"], FieldKind>> = {
  text: "text",
  long_text: "text",
  number: "number",
  date: "day",
  select: "choice",
  multiselect: "choices",
  checkbox: "check",
  person: "person",
  files: "number",
};

function asChoice({ id, name }: Column["options"][number]): Choice {
  return { value: id, label: name };
}

function ofColumn({ id, name: label, type, options, archived_options, people }: ReadableColumn): ChatField {
  const name = COLUMN + id;
  const read = (chat: Chat) => chat.values[id]?.value;
  if (type === "files") return number(name, label, (chat) => filesIn(read(chat) ?? null) || null);
  if (type === "checkbox") return check(name, label, (chat) => read(chat) === true);
  if (type === "select") {
    // Values may hold options that were taken away: those are ordered last and can be filtered by no more.
    const all = [...options, ...archived_options].map(asChoice);
    const offered = new Set(options.map((each) => each.id));
    return choice(name, label, all, read as Given<string>, ({ value }) => offered.has(value));
  }
  if (type === "multiselect") {
    const places = new Map([...options, ...archived_options].map(({ id }, place) => [id, place]));
    const rank = (chat: Chat): Rank => places.get((read(chat) as string[] | undefined)?.[0] ?? "") ?? null;
    return { name, label, kind: "choices", read, rank, choices: options.map(asChoice) };
  }
  if (type === "person") {
    const named = (people?.members ?? []).map((each) => ({ value: each.id, label: each.name }));
    return { ...choice(name, label, named, read as Given<string>), kind: "person" };
  }
  const rank = (chat: Chat): Rank => (read(chat) as string | number | undefined) ?? null;
  return { name, label, kind: KINDS[type], read, rank };
}
