/** Which card of a board the keyboard is at. Cards are mounted late and anew, and the focus must not be lost by it. */

import { type FocusEvent, useCallback, useRef, useState } from "react";

export interface BoardFocus {
  /** The card that was focused last. */
  cardId: string | undefined;
  /** Focuses a card, now or as soon as it is mounted. */
  goTo: (cardId: string) => void;
  /** A card that is current says where its button is, whenever it is mounted. */
  claim: (cardId: string, button: HTMLElement) => void;
  /** For the board's element. */
  watch: { onFocus: (event: FocusEvent) => void; onBlur: (event: FocusEvent) => void };
}

/**
 * A card that moves to another lane is another element there, and the browser drops the focus with the old one: the
 * card then takes it back, but only while nothing else has it.
 */
export function useBoardFocus(): BoardFocus {
  const [cardId, setCardId] = useState<string>();
  const wanted = useRef<string>(undefined);
  const isInside = useRef(false);
  const goTo = useCallback((id: string) => {
    wanted.current = id;
    setCardId(id);
    if (focusIn(document.querySelector(`[data-card-button="${CSS.escape(id)}"]`))) wanted.current = undefined;
  }, []);
  const claim = useCallback((id: string, button: HTMLElement) => {
    const isLost = isInside.current && document.activeElement === document.body;
    if (wanted.current !== id && !isLost) return;
    wanted.current = undefined;
    focusIn(button);
  }, []);
  const onFocus = useCallback(({ target }: FocusEvent) => {
    isInside.current = true;
    const id = target instanceof HTMLElement ? target.dataset.cardButton : undefined;
    if (id !== undefined) setCardId(id);
  }, []);
  const onBlur = useCallback(({ target, currentTarget }: FocusEvent) => {
    // An element that is taken off the page is blurred before it is gone: only what stays has been left.
    queueMicrotask(() => {
      if (target.isConnected && !currentTarget?.contains(document.activeElement)) isInside.current = false;
    });
  }, []);
  return { cardId, goTo, claim, watch: { onFocus, onBlur } };
}

/** A list draws what it has just mounted unseen, to measure it, and nothing unseen takes the focus. */
const FRAMES = 60;

/** The lane scrolls to the card itself, since a list that mounts late knows better where it lies. */
function focusIn(button: Element | null, frames = FRAMES): boolean {
  if (!(button instanceof HTMLElement)) return false;
  button.focus({ preventScroll: true });
  if (document.activeElement === button || frames === 0) return true;
  requestAnimationFrame(() => document.activeElement === document.body && focusIn(button, frames - 1));
  return true;
}
