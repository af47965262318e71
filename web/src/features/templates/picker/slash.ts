/** What the composer and the list of templates under it tell each other. Types alone: the composer loads no code for it. */

import type { KeyboardEvent, RefObject } from "react";

/** What a key does while the list is open; undefined leaves it to the field. */
export type PickerKeys = (event: KeyboardEvent) => (() => void) | undefined;

/** A text that looks for a template. */
export interface Slash {
  /** What stands after the `/`; undefined where nothing is looked for. */
  search: string | undefined;
  /** Closes the list: the text is meant as it is. */
  leave: () => void;
  /** The list's own keys, once there is one. */
  keys: RefObject<PickerKeys | null>;
}
