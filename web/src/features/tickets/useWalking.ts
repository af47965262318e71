/** J and K walk over the list with the ticket open beside it; Escape closes that. */

import { msg } from "@lingui/core/macro";
import type { Ticket } from "@/lib/api/types";
import { useShortcuts } from "@/lib/hotkeys";

export function useWalking(
  shown: readonly Ticket[],
  openId: string | undefined,
  open: (ticketId: string | undefined) => void,
): void {
  const step = (by: 1 | -1) => {
    const at = shown.findIndex((each) => each.id === openId);
    const next = at < 0 ? shown[0] : shown[at + by];
    if (next) open(next.id);
  };
  const close = { keys: "Escape", label: msg`Close the ticket`, run: () => !isAsking() && open(undefined) };
  useShortcuts(msg`Tickets`, [
    { keys: "j", label: msg`Next ticket`, run: () => step(1) },
    { keys: "k", label: msg`Previous ticket`, run: () => step(-1) },
    ...(openId === undefined ? [] : [close]),
  ]);
}

/** Whether a dialog lies over the page: Escape is that one's. */
function isAsking(): boolean {
  return document.querySelector("[role=dialog]") !== null;
}
