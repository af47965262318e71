/**
 * Variables in a text: `{{contact.first_name|there}}`, what fills them, and where formatting stands afterwards. Pure.
 *
 * The rules are those of chalicelib/features/templates/model/variables.py; tests/golden/templates.json holds both to
 * them. Counts UTF-16 units.
 */

import type { MessageEntity } from "@/live/types";

export const MAX_FALLBACK_CHARACTERS = 100;
const PIECE = new RegExp(
  `(?<escaped>\\\\\\{\\{)|\\{\\{(?<name>[\\p{L}\\p{N}_.]+)(?:\\|(?<fallback>[^{}\\r\\n]{0,${MAX_FALLBACK_CHARACTERS}}))?\\}\\}|\\{\\{`,
  "gu",
);

/** What a variable may be filled with, by its name. */
export type Values = Readonly<Record<string, string>>;

/** A variable that nothing filled: it stands in the text as it is written. */
export interface Gap {
  name: string;
  offset: number;
  length: number;
}

export interface Rendered {
  text: string;
  entities: MessageEntity[];
  gaps: Gap[];
}

interface Piece {
  source: string;
  kind: "plain" | "escaped" | "variable" | "broken";
  name: string;
  fallback: string | undefined;
}

interface Placed extends Piece {
  text: string;
  isGap: boolean;
  was: [from: number, to: number];
  is: [from: number, to: number];
}

/** A variable as it is written. */
export function written(name: string, fallback?: string): string {
  return fallback === undefined ? `{{${name}}}` : `{{${name}|${fallback}}}`;
}

/** The names of the variables of a text, each once, in their order. */
export function variablesIn(text: string): string[] {
  const names = piecesOf(text).flatMap(({ kind, name }) => (kind === "variable" ? [name] : []));
  return [...new Set(names)];
}

/** Where double braces stand that begin no variable. */
export function brokenIn(text: string): number[] {
  const starts: number[] = [];
  let at = 0;
  for (const { kind, source } of piecesOf(text)) {
    if (kind === "broken") starts.push(at);
    at += source.length;
  }
  return starts;
}

/**
 * Fills a text. A value that is white space alone counts as none.
 *
 * Formatting that begins or ends inside a variable takes in all of what fills it; where nothing does, it goes.
 */
export function render(text: string, entities: readonly MessageEntity[], values: Values): Rendered {
  const placed = place(piecesOf(text), values);
  return {
    text: placed.map((each) => each.text).join(""),
    entities: entities.map((entity) => moved(entity, placed)).filter((entity) => entity.length > 0),
    gaps: placed
      .filter((each) => each.isGap)
      .map(({ name, is: [from, to] }) => ({ name, offset: from, length: to - from })),
  };
}

/** First and last name of somebody whose whole name is all we have: up to the first space, and behind it. */
export function namesOfPerson(fullName: string): { first: string; last: string } {
  const name = fullName.trim();
  const space = name.indexOf(" ");
  return space < 0
    ? { first: name, last: "" }
    : { first: name.slice(0, space), last: name.slice(space).trim() };
}

type Spoken = string | number | boolean | null | readonly string[];

/** A column's value as a message says it, empty where there is none; `options` are names of choices by their ids. */
export function spoken(value: Spoken, options: Readonly<Record<string, string>>): string {
  if (value === null) return "";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return PLAIN_NUMBER.format(value);
  if (typeof value === "string") return options[value] ?? value;
  return value.map((each) => options[each] ?? each).join(", ");
}

const PLAIN_NUMBER = new Intl.NumberFormat("en-US", { useGrouping: false, maximumFractionDigits: 20 });

function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let done = 0;
  for (const match of text.matchAll(PIECE)) {
    if (match.index > done) pieces.push(plain(text.slice(done, match.index)));
    pieces.push(pieceOf(match));
    done = match.index + match[0].length;
  }
  return done < text.length ? [...pieces, plain(text.slice(done))] : pieces;
}

function plain(source: string): Piece {
  return { source, kind: "plain", name: "", fallback: undefined };
}

function pieceOf({ 0: source, groups }: RegExpMatchArray): Piece {
  const { escaped, name, fallback } = groups ?? {};
  if (escaped) return { ...plain(source), kind: "escaped" };
  return name ? { source, kind: "variable", name, fallback } : { ...plain(source), kind: "broken" };
}

function place(pieces: readonly Piece[], values: Values): Placed[] {
  let [was, is] = [0, 0];
  return pieces.map((piece) => {
    const filling = piece.kind === "variable" ? fillingOf(piece, values) : undefined;
    const text = piece.kind === "escaped" ? "{{" : (filling ?? piece.source);
    const placed: Placed = {
      ...piece,
      text,
      isGap: piece.kind === "variable" && filling === undefined,
      was: [was, was + piece.source.length],
      is: [is, is + text.length],
    };
    [was, is] = [placed.was[1], placed.is[1]];
    return placed;
  });
}

function fillingOf({ name, fallback }: Piece, values: Values): string | undefined {
  const value = Object.hasOwn(values, name) ? values[name] : undefined;
  return value?.trim() ? value : fallback;
}

function moved(entity: MessageEntity, placed: readonly Placed[]): MessageEntity {
  const begins = entity.offset;
  const ends = begins + entity.length;
  let [offset, end] = [0, 0];
  for (const { source, text, was, is } of placed) {
    const keepsPlaces = source === text;
    if (was[0] <= begins && begins < was[1]) offset = is[0] + (keepsPlaces ? begins - was[0] : 0);
    if (was[0] < ends && ends <= was[1]) end = keepsPlaces ? is[0] + ends - was[0] : is[1];
  }
  return { ...entity, offset, length: end - offset };
}
