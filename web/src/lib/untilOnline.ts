/** Waiting for a network that went away. */

const TRY_EVERY_MS = 5_000;

/** Until the network is said to be back; asked again now and then where that is not said. */
export function untilOnline(): Promise<unknown> {
  return new Promise((settle) => {
    window.addEventListener("online", settle, { once: true });
    setTimeout(settle, TRY_EVERY_MS);
  });
}
