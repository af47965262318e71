/** Where searched words stand in a text. Pure. */

export interface Piece {
  text: string;
  isHit: boolean;
}

const BEFORE = 40;
const AFTER = 120;

/** The text cut where the words stand in it, letter for letter but for their case. Several words are sought singly. */
export function pieces(text: string, words: string): Piece[] {
  const sought = [...new Set(words.trim().split(/\s+/).filter(Boolean))].toSorted(
    (a, b) => b.length - a.length,
  );
  if (sought.length === 0) return [{ text, isHit: false }];
  const pattern = new RegExp(`(${sought.map(escaped).join("|")})`, "giu");
  return text
    .split(pattern)
    .map((part, index) => ({ text: part, isHit: index % 2 === 1 }))
    .filter((piece) => piece.text !== "");
}

/** As much of a long text as a line shows, beginning with the word that stands shortly before the first hit. */
export function excerpt(text: string, words: string): string {
  const flat = text.replace(/\s+/g, " ").trim();
  const cut = pieces(flat, words);
  const first = cut.findIndex((piece) => piece.isHit);
  const at = cut.slice(0, Math.max(first, 0)).reduce((length, piece) => length + piece.text.length, 0);
  const from = at <= BEFORE ? 0 : Math.min(flat.indexOf(" ", at - BEFORE) + 1, at);
  const end = from + BEFORE + AFTER;
  return `${from > 0 ? "…" : ""}${flat.slice(from, end)}${flat.length > end ? "…" : ""}`;
}

function escaped(word: string): string {
  return word.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
