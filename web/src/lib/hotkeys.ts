/** Every keyboard shortcut that works right now. The `?` sheet and tooltips read it. */

import type { MessageDescriptor } from "@lingui/core";
import { useEffect, useRef, useSyncExternalStore } from "react";
import { tinykeys } from "tinykeys";

import { readPreference } from "./preferences";

export interface Shortcut {
  /** tinykeys notation: `$mod+k`, `g i`, `Shift+?`. */
  keys: string;
  label: MessageDescriptor;
  /** Means something else to a field that is typed in. */
  isOfFields?: boolean;
  /** Without it the key is only listed: a part of the page listens for it while it has the focus. */
  run?: (event: KeyboardEvent) => void;
}

export interface ShortcutGroup {
  section: MessageDescriptor;
  shortcuts: readonly Shortcut[];
}

let groups: readonly ShortcutGroup[] = [];
const listeners = new Set<() => void>();

function publish(next: readonly ShortcutGroup[]): void {
  groups = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The groups on screen, in the order they were mounted. */
export function useShortcutGroups(): readonly ShortcutGroup[] {
  return useSyncExternalStore(subscribe, () => groups);
}

/** True while keys belong to a field: typing must never trigger a shortcut. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable || target.matches("input, textarea, select, [role=textbox], [role=combobox]")
  );
}

/** Shortcuts without a modifier are plain letters, which a person may have switched off (WCAG 2.1.4). */
export function isPlain(keys: string): boolean {
  return !/(\$mod|Control|Meta|Alt)\+/.test(keys);
}

interface Pressed {
  key: string;
  atMs: number;
}

/** How long the second key of a sequence is waited for; tinykeys waits as long. */
const SEQUENCE_MS = 1000;
let lead: Pressed = { key: "", atMs: 0 };
let pressed = lead;

window.addEventListener(
  "keydown",
  ({ key, timeStamp }) => {
    lead = pressed;
    pressed = { key, atMs: timeStamp };
  },
  { capture: true },
);

/** Whether a key ends a sequence that is bound, as `t` does in `g t`: then it stands for nothing by itself. */
function endsSequence(keys: string): boolean {
  if (pressed.atMs - lead.atMs > SEQUENCE_MS) return false;
  const sequence = `${lead.key} ${keys}`;
  return groups.some(({ shortcuts }) => shortcuts.some((each) => each.keys === sequence));
}

/**
 * Whether the last key of a shortcut was pressed right after its first, where it is a sequence.
 *
 * tinykeys stops at the first shortcut that a key fits: after `g r` it still waits for the `n` of `g n`.
 */
export function isInOneGo(keys: string, before: string): boolean {
  const [first, last] = keys.split(" ");
  return last === undefined || first === before.toLowerCase();
}

type RunnableShortcut = Shortcut & Required<Pick<Shortcut, "run">>;

function guarded(shortcut: RunnableShortcut): (event: KeyboardEvent) => void {
  return (event) => {
    if (!isInOneGo(shortcut.keys, lead.key)) return;
    const isInField = isTyping(event.target);
    if (isInField && shortcut.isOfFields) return;
    const isSilenced = isInField || readPreference("single-keys") === "off";
    if (isPlain(shortcut.keys) && (isSilenced || endsSequence(shortcut.keys))) return;
    event.preventDefault();
    shortcut.run(event);
  };
}

/** Bind shortcuts while the component is mounted. */
export function useShortcuts(section: MessageDescriptor, shortcuts: readonly Shortcut[]): void {
  const latest = useRef(shortcuts);
  latest.current = shortcuts;
  const signature = shortcuts.map((each) => each.keys).join("|");
  // biome-ignore lint/correctness/useExhaustiveDependencies: the handlers are read through `latest`; only other keys bind anew.
  useEffect(() => {
    const group: ShortcutGroup = { section, shortcuts: latest.current };
    publish([...groups, group]);
    const bindings = latest.current.flatMap((each, index) =>
      each.run
        ? [[each.keys, guarded({ ...each, run: (event) => latest.current[index]?.run?.(event) })]]
        : [],
    );
    const unbind = tinykeys(window, Object.fromEntries(bindings));
    return () => {
      unbind();
      publish(groups.filter((each) => each !== group));
    };
  }, [signature]);
}
