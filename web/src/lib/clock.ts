/** One shared clock for every countdown, so that a page with ten of them ticks once a second. */

import { useSyncExternalStore } from "react";

const TICK_MS = 1000;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let nowMs = Date.now();

function tick(): void {
  nowMs = Date.now();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  nowMs = Date.now();
  timer ??= setInterval(tick, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** The time in milliseconds, renewed every second while the component is shown. */
export function useNowMs(): number {
  return useSyncExternalStore(subscribe, () => nowMs);
}

const MINUTE_MS = 60_000;

/** The begin of this minute in milliseconds: for lists whose times need no seconds, which then seldom render anew. */
export function useMinuteMs(): number {
  return useSyncExternalStore(subscribe, () => nowMs - (nowMs % MINUTE_MS));
}

const HALF_MINUTE_MS = 30_000;

/** The begin of this half minute: for times that are read in minutes and must not lag behind by one. */
export function useHalfMinuteMs(): number {
  return useSyncExternalStore(subscribe, () => nowMs - (nowMs % HALF_MINUTE_MS));
}

/** Whole seconds from now until a moment, never below zero. */
export function secondsUntil(momentMs: number, fromMs: number): number {
  return Math.max(0, Math.ceil((momentMs - fromMs) / 1000));
}

/** 95 becomes "1:35". */
export function minutesAndSeconds(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
