/** Keeps a virtual list at its end while the person is there, and in place while they read further up. */

import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from "react";
import type { VirtualizerHandle } from "virtua";
import { OWN_KEY } from "./rows";

const NEAR_END_PX = 64;
const NEAR_START_PX = 600;

interface StickyScroll {
  list: RefObject<VirtualizerHandle | null>;
  isAtEnd: boolean;
  /** True in the one render that puts rows in front: the list then keeps its distance from the end. */
  isPrepending: boolean;
  onScroll: () => void;
  onResize: () => void;
  toEnd: () => void;
}

/** `openAt` is the row to open at, once, when rows have arrived; the end when it is negative. */
export function useStickyScroll(
  keys: readonly string[],
  openAt: number,
  onNearStart: () => void,
): StickyScroll {
  const list = useRef<VirtualizerHandle>(null);
  const shown = useRef<readonly string[]>([]);
  const isStuck = useRef(true);
  const [isAtEnd, setAtEnd] = useState(true);

  const toEnd = useCallback(() => {
    isStuck.current = true;
    list.current?.scrollToIndex(shown.current.length - 1, { align: "end" });
  }, []);

  const onScroll = useCallback(() => {
    const { scrollOffset, scrollSize, viewportSize } = list.current ?? NOWHERE;
    isStuck.current = scrollSize - scrollOffset - viewportSize < NEAR_END_PX;
    setAtEnd(isStuck.current);
    if (scrollOffset < NEAR_START_PX) onNearStart();
  }, [onNearStart]);

  const onResize = useCallback(() => {
    if (isStuck.current) toEnd();
  }, [toEnd]);

  const isPrepending = keys.length > shown.current.length && keys.at(-1) === shown.current.at(-1);
  useLayoutEffect(() => {
    const isOpening = shown.current.length === 0 && keys.length > 0;
    const last = keys.at(-1) ?? "";
    if (!isOpening && last.startsWith(OWN_KEY) && last !== shown.current.at(-1)) isStuck.current = true;
    shown.current = keys;
    if (isOpening && openAt >= 0) list.current?.scrollToIndex(openAt, { align: "center" });
    else if (isStuck.current) toEnd();
  }, [keys, openAt, toEnd]);

  return { list, isAtEnd, isPrepending, onScroll, onResize, toEnd };
}

const NOWHERE = { scrollOffset: Number.POSITIVE_INFINITY, scrollSize: 0, viewportSize: 0 };
