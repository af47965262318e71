/** An invitation that waits in this tab while its holder signs in or signs up. */

import { heldToken, holdToken } from "@/lib/heldToken";

/** Keep the token for this tab; null forgets it. */
export function holdInvite(token: string | null): void {
  holdToken("invite", token);
}

export function heldInvite(): string | null {
  return heldToken("invite");
}
