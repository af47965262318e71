/** What a change changed, field by field, from the old and new value of its entry. Pure. */

/** One field: a side that is undefined had nothing there. `field` is empty where the whole value is one thing. */
export interface FieldChange {
  field: string;
  old: unknown;
  new: unknown;
}

/** A long text as the journal keeps it. */
export interface Excerpt {
  excerpt: string;
  sha256: string;
  characters: number;
}

/** They count writes and name rows; people read the rest. */
const BOOKKEEPING = new Set(["version", "id", "column_id", "invite_id", "owned", "key", "position"]);

/** The fields that differ, in the order of the new value; nested ones by their path, `toggles.tickets_enabled`. */
export function fieldChanges(old: unknown, new_: unknown): FieldChange[] {
  if (!isRecord(old) && !isRecord(new_)) return isSame(old, new_) ? [] : [one("", old, new_)];
  const [before, after] = [flat(old), flat(new_)];
  const chats = chatsIn(old, new_);
  const fields = [...new Set([...Object.keys(after), ...Object.keys(before)])].filter(
    (field) => !CHAT_ID.test(field),
  );
  if (chats > 0) {
    return [one("chats", undefined, chats), ...fields.map((field) => one(field, undefined, after[field]))];
  }
  return fields
    .filter((field) => !isSame(before[field], after[field]))
    .map((field) => one(field, before[field], after[field]));
}

const CHAT_ID = /^[0-9A-Z]{42}$/;

/** Of how many chats an entry says something each: nobody reads their ids. */
function chatsIn(old: unknown, new_: unknown): number {
  const keys = new Set([old, new_].filter(isRecord).flatMap(Object.keys));
  return [...keys].filter((key) => CHAT_ID.test(key)).length;
}

export function isExcerpt(value: unknown): value is Excerpt {
  return isRecord(value) && typeof value.excerpt === "string" && typeof value.characters === "number";
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Nothing there and null are the same to a reader. */
function one(field: string, old: unknown, new_: unknown): FieldChange {
  return { field, old: old ?? undefined, new: new_ ?? undefined };
}

function flat(value: unknown, path = ""): Record<string, unknown> {
  if (!isRecord(value)) return value === null || value === undefined ? {} : { [path]: value };
  const parts = Object.entries(value).filter(([name]) => !BOOKKEEPING.has(name));
  return Object.assign(
    {},
    ...parts.map(([name, part]) => flatPart(part, path === "" ? name : `${path}.${name}`)),
  );
}

function flatPart(part: unknown, path: string): Record<string, unknown> {
  return isRecord(part) && !isExcerpt(part) ? flat(part, path) : { [path]: part };
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
}
