/** Which templates words look for, the best first. Pure. */

import type { TemplateCard } from "@/lib/api/types";

type Searched = Pick<TemplateCard, "name" | "shortcut" | "excerpt" | "is_shared">;

/** A shortcut that begins so comes first, then a name that does, then names and beginnings of texts with every word. */
export function found<Card extends Searched>(templates: readonly Card[], words: string): Card[] {
  const wanted = folded(words);
  return templates
    .map((card) => ({ card, rank: rankOf(card, wanted) }))
    .filter(({ rank }) => rank < NO_MATCH)
    .toSorted((a, b) => a.rank - b.rank || Number(a.card.is_shared) - Number(b.card.is_shared))
    .map(({ card }) => card);
}

const NO_MATCH = 4;

function rankOf({ name, shortcut, excerpt }: Searched, wanted: string): number {
  if (wanted === "") return 0;
  if (shortcut?.startsWith(wanted)) return 0;
  if (folded(name).startsWith(wanted)) return 1;
  const words = wanted.split(/\s+/u);
  if (holdsAll(name, words)) return 2;
  return holdsAll(`${name} ${excerpt}`, words) ? 3 : NO_MATCH;
}

function holdsAll(text: string, words: readonly string[]): boolean {
  const searched = folded(text);
  return words.every((word) => searched.includes(word));
}

function folded(text: string): string {
  return text.normalize("NFC").trim().toLocaleLowerCase();
}
