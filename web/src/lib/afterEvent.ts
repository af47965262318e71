/** Menus opened from the keyboard. */

/**
 * Opens something once the event that asked for it is over. A menu that is drawn while its key is still on its way up
 * the page hears that key, too, and closes again.
 */
export function afterEvent(open: () => void): void {
  requestAnimationFrame(open);
}
