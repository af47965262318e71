/** Which of the chats that stay out are looked for. Pure. */

import type { ExcludedChat } from "@/lib/api/types";

/** Those whose name has every one of the words. */
export function matching(chats: readonly ExcludedChat[], words: string): readonly ExcludedChat[] {
  const wanted = words.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return chats;
  return chats.filter(({ title }) => wanted.every((word) => title.toLocaleLowerCase().includes(word)));
}

type Kind = ExcludedChat["kind"];

/** The kinds that stay out after one of them was switched. */
export function switched(leftOut: readonly Kind[], kind: Kind, isBroughtIn: boolean): Kind[] {
  const others = leftOut.filter((each) => each !== kind);
  return isBroughtIn ? others : [...others, kind];
}
