/** Where the focus goes when what lay beside or over a conversation is gone. */

import { type FocusEvent, type RefObject, useEffect, useRef } from "react";

interface Home {
  ref: RefObject<HTMLDivElement | null>;
  onBlur: (event: FocusEvent) => void;
  tabIndex: -1;
}

/**
 * Spread what it gives on the conversation. When the search or the message that was looked at goes with the focus in it,
 * the conversation's element that had it last gets it back, else the conversation.
 */
export function useFocusBack(isSearching: boolean, isLooking: boolean): Home {
  const home = useRef<HTMLDivElement>(null);
  const last = useRef<HTMLElement>(null);
  useBackAfter(isSearching, home, last);
  useBackAfter(isLooking, home, last);
  return {
    ref: home,
    onBlur: ({ target }) => {
      if (target instanceof HTMLElement) last.current = target;
    },
    tabIndex: -1,
  };
}

function useBackAfter(isAway: boolean, home: Home["ref"], last: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    if (!isAway) return;
    return () => {
      if (isFocusLost()) (last.current?.isConnected ? last.current : home.current)?.focus();
    };
  }, [isAway, home, last]);
}

/** True when the element with the focus was taken off the page, or can no longer be reached. */
export function isFocusLost(): boolean {
  const focused = document.activeElement;
  return focused === null || focused === document.body || focused.closest("[inert]") !== null;
}
