/** A mailed link's token that waits in this tab while its holder signs in: an address would show it to the server. */

type Purpose = "invite" | "move";

const keyOf = (purpose: Purpose) => `wireroom-${purpose}`;

/** Keep the token for this tab; null forgets it. */
export function holdToken(purpose: Purpose, token: string | null): void {
  try {
    if (token === null) sessionStorage.removeItem(keyOf(purpose));
    else sessionStorage.setItem(keyOf(purpose), token);
  } catch {
    // Without storage the link in the mail still works after signing in.
  }
}

export function heldToken(purpose: Purpose): string | null {
  try {
    return sessionStorage.getItem(keyOf(purpose));
  } catch {
    return null;
  }
}
