/** What a person set for this browser: density, sidebar, single-key shortcuts. Kept in local storage. */

import { useSyncExternalStore } from "react";

const DEFAULTS = {
  density: "comfortable",
  sidebar: "open",
  "single-keys": "on",
  "list-width": "320",
} as const;

interface Preferences {
  density: "comfortable" | "compact";
  sidebar: "open" | "closed";
  "single-keys": "on" | "off";
  /** Pixels. */
  "list-width": `${number}`;
}

type Name = keyof Preferences;

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}

/** The current value; a browser without storage gets the default. */
export function readPreference<N extends Name>(name: N): Preferences[N] {
  try {
    return (localStorage.getItem(`wireroom-${name}`) as Preferences[N] | null) ?? DEFAULTS[name];
  } catch {
    return DEFAULTS[name];
  }
}

export function writePreference<N extends Name>(name: N, value: Preferences[N]): void {
  try {
    localStorage.setItem(`wireroom-${name}`, value);
  } catch {
    // Private windows may refuse; the preference then lasts for this page.
  }
  if (name === "density") document.documentElement.setAttribute("data-density", value);
  for (const listener of listeners) listener();
}

export function usePreference<N extends Name>(name: N): [Preferences[N], (value: Preferences[N]) => void] {
  const value = useSyncExternalStore(subscribe, () => readPreference(name));
  return [value, (next) => writePreference(name, next)];
}
