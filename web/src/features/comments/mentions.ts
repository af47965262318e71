/** Members mentioned in a text while it is written, and as it is shown. Pure. */

import type { Comment } from "@/lib/api/types";

export interface Mention {
  user_id: string;
  /** Offsets and lengths count UTF-16 units, as JavaScript does. */
  offset: number;
  length: number;
}

export interface Words {
  text: string;
  mentions: readonly Mention[];
}

export interface Person {
  id: string;
  name: string;
  username: string;
}

export const NOTHING: Words = { text: "", mentions: [] };

/** The words after the text was changed in one place: mentions behind it move along, those that were touched end. */
export function followed({ text: before, mentions }: Words, text: string): Words {
  const start = commonLength(before, text);
  const end = commonLength(reversed(before.slice(start)), reversed(text.slice(start)));
  const removedTo = before.length - end;
  const grown = text.length - before.length;
  const kept = mentions.flatMap((each) => {
    if (each.offset + each.length <= start) return [each];
    return each.offset >= removedTo ? [{ ...each, offset: each.offset + grown }] : [];
  });
  return { text, mentions: kept };
}

/** What stands between an `@` and the cursor, where somebody is being mentioned. */
export interface Query {
  from: number;
  words: string;
}

/** An `@` begins a mention at the beginning of a word; names have spaces, so two words may follow it. */
export function queryAt({ text, mentions }: Words, caret: number): Query | null {
  const found = /(?:^|[\s(])@([^\s@]*(?: [^\s@]+)?)$/.exec(text.slice(0, caret));
  if (!found) return null;
  const words = found[1] ?? "";
  const from = caret - words.length - 1;
  return mentions.some((each) => each.offset === from) ? null : { from, words };
}

/** Those whose name or username has a word that begins so, at most eight. */
export function matching(people: readonly Person[], words: string): Person[] {
  const sought = folded(words);
  const begins = (text: string) => folded(text).startsWith(sought) || folded(text).includes(` ${sought}`);
  return people.filter((each) => begins(each.name) || begins(each.username)).slice(0, 8);
}

/** The words with somebody mentioned in place of what was typed, and where the cursor goes. */
export function mentioned(words: Words, { from }: Query, caret: number, person: Person): [Words, number] {
  const name = `@${person.name}`;
  const after = words.text.slice(caret);
  const space = after.startsWith(" ") ? "" : " ";
  const { mentions } = followed(words, words.text.slice(0, from) + name + space + after);
  const added = { user_id: person.id, offset: from, length: name.length };
  const text = words.text.slice(0, from) + name + space + after;
  const all = [...mentions, added].sort((a, b) => a.offset - b.offset);
  return [{ text, mentions: all }, from + name.length + 1];
}

/** A text as it is sent: without blanks around it. */
export function trimmed({ text, mentions }: Words): Words {
  const cut = text.length - text.trimStart().length;
  return { text: text.trim(), mentions: mentions.map((each) => ({ ...each, offset: each.offset - cut })) };
}

export type Piece = { text: string } | { member: Comment["mentions"][number]["member"] };

/** A comment's text in pieces: what was written, and members in the places of their `@`. */
export function piecesOf({ text, mentions }: Pick<Comment, "text" | "mentions">): Piece[] {
  const pieces: Piece[] = [];
  let reached = 0;
  for (const { offset, length, member } of mentions) {
    if (offset > reached) pieces.push({ text: text.slice(reached, offset) });
    pieces.push({ member });
    reached = offset + length;
  }
  if (reached < text.length) pieces.push({ text: text.slice(reached) });
  return pieces;
}

/** A comment's words as they are edited: with the names of members, as they are now. */
export function wordsOf(comment: Pick<Comment, "text" | "mentions">, gone: string): Words {
  let text = "";
  const mentions: Mention[] = [];
  for (const piece of piecesOf(comment)) {
    if ("text" in piece) text += piece.text;
    else {
      const name = `@${piece.member.name ?? gone}`;
      if (piece.member.name !== null)
        mentions.push({ user_id: piece.member.id, offset: text.length, length: name.length });
      text += name;
    }
  }
  return { text, mentions };
}

function folded(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

function commonLength(a: string, b: string): number {
  let length = 0;
  while (length < Math.min(a.length, b.length) && a[length] === b[length]) length += 1;
  return length;
}

function reversed(text: string): string {
  return text.split("").reverse().join("");
}
