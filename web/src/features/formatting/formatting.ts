/** Formatting of a text that is being written: ranges that follow it as it changes. Pure. Counts UTF-16 units. */

import type { Mark } from "@/live/requests";
import type { MessageEntity } from "@/live/types";

export interface Formatted {
  readonly text: string;
  readonly entities: readonly MessageEntity[];
}

/** What a person can give a text; links in the text and mentions Telegram finds by itself. */
export const MARK_TYPES = [
  "bold",
  "italic",
  "underline",
  "strike",
  "code",
  "spoiler",
  "blockquote",
  "text_link",
] as const;
export type MarkType = (typeof MARK_TYPES)[number];

export const plain: Formatted = { text: "", entities: [] };

interface Range {
  from: number;
  to: number;
}

/** Gives a range a look, or takes it off where all of the range has it. A link is always given anew. */
export function toggled(
  entities: readonly MessageEntity[],
  type: MarkType,
  range: Range,
  url: string | null = null,
): MessageEntity[] {
  const others = entities.filter((each) => each.type !== type);
  const same = entities.filter((each) => each.type === type);
  const left = same.flatMap((each) => withoutRange(each, range));
  if (type === "text_link") return [...others, ...left, ...(url ? [mark(type, range, url)] : [])];
  if (isCovered(same, range)) return [...others, ...left];
  const touching = same.filter((each) => each.offset <= range.to && endOf(each) >= range.from);
  const apart = same.filter((each) => !touching.includes(each));
  const from = Math.min(range.from, ...touching.map((each) => each.offset));
  const to = Math.max(range.to, ...touching.map(endOf));
  return [...others, ...apart, mark(type, { from, to })];
}

/** Moves the ranges along with a change of the text; one whose letters are all gone goes too. */
export function followed(entities: readonly MessageEntity[], before: string, after: string): MessageEntity[] {
  if (entities.length === 0) return [];
  const start = commonStart(before, after);
  const end = before.length - commonEnd(before, after, start);
  const grown = after.length - before.length;
  const moved = (place: number) => (place >= end ? place + grown : Math.min(place, start));
  return entities
    .map((each) => {
      const from = moved(each.offset);
      const to = endOf(each) <= start ? endOf(each) : moved(endOf(each));
      return { ...each, offset: from, length: to - from };
    })
    .filter((each) => each.length > 0);
}

/** Without white space at the ends, as Telegram sends it. */
export function trimmed({ text, entities }: Formatted): Formatted {
  const inner = text.trim();
  const skipped = text.length - text.trimStart().length;
  const cut = entities.map((each) => {
    const from = Math.max(each.offset - skipped, 0);
    const to = Math.min(endOf(each) - skipped, inner.length);
    return { ...each, offset: from, length: to - from };
  });
  return { text: inner, entities: cut.filter((each) => each.length > 0) };
}

/** What of it the gateway takes. */
export function sendable(entities: readonly MessageEntity[]): Mark[] {
  const known = new Set<string>([...MARK_TYPES, "pre"]);
  return entities
    .filter((each) => known.has(each.type) && (each.type !== "text_link" || each.url !== null))
    .map(({ type, offset, length, url }) =>
      url === null ? { type, offset, length } : { type, offset, length, url },
    );
}

/** The selection, or where nothing is selected the word the cursor is in. */
export function wordAround(text: string, { from, to }: Range): Range {
  if (from !== to) return { from, to };
  const before = /\S*$/u.exec(text.slice(0, from))?.[0].length ?? 0;
  const after = /^\S*/u.exec(text.slice(to))?.[0].length ?? 0;
  return { from: from - before, to: to + after };
}

function mark(type: string, { from, to }: Range, url: string | null = null): MessageEntity {
  return { type, offset: from, length: to - from, url };
}

function withoutRange(entity: MessageEntity, { from, to }: Range): MessageEntity[] {
  const parts = [
    { from: entity.offset, to: Math.min(endOf(entity), from) },
    { from: Math.max(entity.offset, to), to: endOf(entity) },
  ];
  if (endOf(entity) <= from || entity.offset >= to) return [entity];
  return parts.filter((each) => each.to > each.from).map((each) => mark(entity.type, each, entity.url));
}

function isCovered(same: readonly MessageEntity[], { from, to }: Range): boolean {
  return same.some((each) => each.offset <= from && endOf(each) >= to);
}

function endOf(entity: MessageEntity): number {
  return entity.offset + entity.length;
}

function commonStart(before: string, after: string): number {
  let at = 0;
  while (at < before.length && at < after.length && before[at] === after[at]) at++;
  return at;
}

function commonEnd(before: string, after: string, start: number): number {
  let count = 0;
  const most = Math.min(before.length, after.length) - start;
  while (count < most && before[before.length - 1 - count] === after[after.length - 1 - count]) count++;
  return count;
}
