/** Templates where messages are written: `/` looks for one, and what it leaves open has to be filled in. */

import { type KeyboardEvent, useRef, useState } from "react";
import { leftIn } from "@/features/templates/gaps";
import type { PickerKeys, Slash } from "@/features/templates/picker/slash";

const SLASH = /^\/.{0,64}$/u;

/** What is left to fill in, and the template that is looked for. */
export function useTemplateAids(text: string, isOffered: boolean) {
  const left = leftIn(text);
  const slash = useSlash(text, isOffered);
  return { left, slash, areWanted: left.length > 0 || slash.search !== undefined };
}

/** What is typed after `/` looks for templates, until Escape says that it is meant as it is. */
function useSlash(text: string, isOffered: boolean): Slash {
  const keys = useRef<PickerKeys>(null);
  const [isLeft, setLeft] = useState(false);
  const isOpen = isOffered && SLASH.test(text);
  if (!isOpen && isLeft) setLeft(false);
  return { search: isOpen && !isLeft ? text.slice(1) : undefined, leave: () => setLeft(true), keys };
}

/** Enter chooses a template. Before there is a list of them it sends nothing: nobody meant to send the shortcut. */
export function ofPicker(event: KeyboardEvent, { search, leave, keys }: Slash): (() => void) | undefined {
  if (search === undefined) return undefined;
  if (event.key === "Escape") return leave;
  if (keys.current) return keys.current(event);
  return event.key === "Enter" ? () => {} : undefined;
}
