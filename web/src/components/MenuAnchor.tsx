/** What a menu hangs on that belongs to a place of the page: a button that nobody sees or reaches. */

import type { ComponentProps } from "react";

interface MenuAnchorProps extends ComponentProps<"button"> {
  /** In the window. */
  at: { x: number; y: number };
}

/** The only child of a `Menu.Target`. */
export function MenuAnchor({ at, ...target }: MenuAnchorProps) {
  return (
    <button
      {...target}
      type="button"
      tabIndex={-1}
      aria-hidden
      style={{
        position: "fixed",
        left: at.x,
        top: at.y,
        width: 1,
        height: 1,
        padding: 0,
        border: 0,
        opacity: 0,
      }}
    />
  );
}
