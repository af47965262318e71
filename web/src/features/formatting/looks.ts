/** The keys that give selected text a look, with Ctrl or ⌘; upper case with Shift besides. */

import type { KeyboardEvent } from "react";
import type { MarkType } from "./formatting";

export const LOOK_KEYS: Readonly<Record<MarkType, string>> = {
  bold: "b",
  italic: "i",
  underline: "u",
  strike: "X",
  code: "M",
  spoiler: "P",
  blockquote: "Q",
  text_link: "k",
};

/** The look that a key press asks for, if it does. */
export function lookOf(event: KeyboardEvent): MarkType | undefined {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return undefined;
  const pressed = event.shiftKey ? event.key.toUpperCase() : event.key.toLowerCase();
  const found = Object.entries(LOOK_KEYS).find(([, key]) => key === pressed);
  return found?.[0] as MarkType | undefined;
}

/** Ctrl or ⌘ with ↑ answers the message before, with ↓ the one after. */
export function replyStepOf(event: KeyboardEvent): -1 | 1 | undefined {
  if (!(event.ctrlKey || event.metaKey)) return undefined;
  if (event.key === "ArrowUp") return -1;
  return event.key === "ArrowDown" ? 1 : undefined;
}
