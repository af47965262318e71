/** Keeps a virtual list at its end while the person is there, and in place while they read further up. */

import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { VirtualizerHandle } from "virtua";
import { OWN_KEY } from "./rows";

const NEAR_END_PX = 64;
const NEAR_START_PX = 600;
/** What a person scrolls by: from then on nothing is held for them. */
const BY_HAND = ["wheel", "touchmove", "keydown", "pointerdown"];

/** What stays in sight while rows are measured: the end, one row, or nothing. */
type Held = "end" | number | null;

interface StickyScroll {
  pane: RefObject<HTMLDivElement | null>;
  list: RefObject<VirtualizerHandle | null>;
  isAtEnd: boolean;
  /** True in the one render that puts rows in front: the list then keeps its distance from the end. */
  isPrepending: boolean;
  onScroll: () => void;
  toEnd: () => void;
  /** Brings a row into the middle. */
  toRow: (index: number) => void;
}

/** `openAt` is the row to open at, once, when rows have arrived; the end when it is negative. */
export function useStickyScroll(
  keys: readonly string[],
  openAt: number,
  onNearStart: () => void,
): StickyScroll {
  const pane = useRef<HTMLDivElement>(null);
  const list = useRef<VirtualizerHandle>(null);
  const shown = useRef<readonly string[]>([]);
  const held = useRef<Held>("end");
  const isByHand = useRef(false);
  const lastTop = useRef(0);
  const [isAtEnd, setAtEnd] = useState(openAt < 0);
  const wasAtEnd = useRef(isAtEnd);
  wasAtEnd.current = isAtEnd;

  const settle = useCallback(() => {
    if (held.current === "end") pane.current?.scrollTo({ top: pane.current.scrollHeight });
    else if (held.current !== null) list.current?.scrollToIndex(held.current, { align: "center" });
  }, []);
  const hold = useCallback(
    (what: Held) => {
      held.current = what;
      isByHand.current = false;
      settle();
    },
    [settle],
  );
  const takeOver = useCallback(() => {
    isByHand.current = true;
    if (held.current !== "end") held.current = null;
  }, []);
  const onResize = useCallback(() => {
    settle();
    setAtEnd(held.current === "end" || isNearEnd(pane.current));
  }, [settle]);
  useSettling(pane, onResize, takeOver);

  const onScroll = useCallback(() => {
    const { scrollTop } = pane.current ?? NOWHERE;
    const isNear = isNearEnd(pane.current);
    if (isNear && held.current === null) held.current = "end";
    // Rows that turn out higher or lower move the end away too: nobody has left it then.
    else if (!isNear && isByHand.current && scrollTop < lastTop.current) held.current = null;
    lastTop.current = scrollTop;
    setAtEnd(isNear || held.current === "end");
    if (scrollTop < NEAR_START_PX) onNearStart();
  }, [onNearStart]);

  const isPrepending = keys.length > shown.current.length && keys.at(-1) === shown.current.at(-1);
  useLayoutEffect(() => {
    const isOpening = shown.current.length === 0 && keys.length > 0;
    const last = keys.at(-1) ?? "";
    const isOwn = !isOpening && last.startsWith(OWN_KEY) && last !== shown.current.at(-1);
    shown.current = keys;
    if (isOpening && openAt >= 0) hold(openAt);
    else if (isOwn) hold("end");
    else if (held.current === "end") settle();
    else if (!isOpening && wasAtEnd.current) hold("end");
    else if (!isOpening) held.current = null;
  }, [keys, openAt, hold, settle]);

  const toEnd = useCallback(() => hold("end"), [hold]);
  return { pane, list, isAtEnd, isPrepending, onScroll, toEnd, toRow: hold };
}

/** Tells when the pane or what is in it has another height, and when the person scrolls by hand. */
function useSettling(pane: RefObject<HTMLDivElement | null>, onResize: () => void, onHand: () => void): void {
  useEffect(() => {
    const element = pane.current;
    if (!element) return;
    const observer = new ResizeObserver(onResize);
    for (const each of [element, ...element.children]) observer.observe(each);
    for (const hand of BY_HAND) element.addEventListener(hand, onHand, { passive: true });
    return () => {
      observer.disconnect();
      for (const hand of BY_HAND) element.removeEventListener(hand, onHand);
    };
  }, [pane, onResize, onHand]);
}

const NOWHERE = { scrollTop: Number.POSITIVE_INFINITY, scrollHeight: 0, clientHeight: 0 };

function isNearEnd(pane: HTMLDivElement | null): boolean {
  const { scrollTop, scrollHeight, clientHeight } = pane ?? NOWHERE;
  return scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
}
