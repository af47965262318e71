/** The way to the table of seats from elsewhere on the page. */

export const SEATS_ID = "seats";

/** Brings it into view and gives it the focus, once a dialog over it is gone. */
export function showSeats(): void {
  requestAnimationFrame(() => {
    const table = document.getElementById(SEATS_ID);
    table?.scrollIntoView({ block: "start" });
    table?.focus({ preventScroll: true });
  });
}
