/** An invitation that waits in this tab while its holder signs in or signs up. */

const KEY = "wireroom-invite";

/** Keep the token for this tab; null forgets it. */
export function holdInvite(token: string | null): void {
  try {
    if (token === null) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, token);
  } catch {
    // Without storage the link in the mail still works after signing in.
  }
}

export function heldInvite(): string | null {
  try {
    return sessionStorage.getItem(KEY);
  } catch {
    return null;
  }
}
