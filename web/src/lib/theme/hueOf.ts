/** A stable hue for a name or an id. */

import type { Hue } from "@/lib/api/types";

import { hueNames } from "./tokens";

const FNV_OFFSET = 2166136261;
const FNV_PRIME = 16777619;

/** The same text always gets the same hue (FNV-1a, gray left out). */
export function hueOf(text: string): Hue {
  let hash = FNV_OFFSET;
  for (const letter of text) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), FNV_PRIME);
  const colourful = hueNames.filter((name) => name !== "gray");
  return colourful[(hash >>> 0) % colourful.length] ?? "blue";
}
