/** The letters and hues by which people tell chats and accounts apart. */

import type { Hue } from "@/lib/api/types";
import { hueNames } from "@/lib/theme/tokens";

const vivid = hueNames.filter((hue) => hue !== "gray");

/** Neighbours here are easy to tell apart. */
const ACCOUNT_HUES: readonly Hue[] = [
  "blue",
  "orange",
  "green",
  "violet",
  "pink",
  "teal",
  "red",
  "amber",
  "lime",
];

/** The same hue for the same id, always. */
export function hueOf(id: string): Hue {
  let sum = 0;
  for (const letter of id) sum = (sum * 31 + letter.charCodeAt(0)) >>> 0;
  return vivid[sum % vivid.length] ?? "blue";
}

/** The hue of one of the accounts: as different from the others' as there are hues. */
export function accountHue(accountIds: readonly string[], id: string): Hue {
  const place = accountIds.toSorted().indexOf(id);
  return ACCOUNT_HUES[Math.max(place, 0) % ACCOUNT_HUES.length] ?? "blue";
}

/** One or two letters of a name; emoji and other signs are left out while there are letters. */
export function initialsOf(name: string): string {
  const words = name.match(/[\p{L}\p{N}]+/gu) ?? [];
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map(
    (word) => [...(word ?? "")][0] ?? "",
  );
  return letters.join("").toLocaleUpperCase() || "#";
}
