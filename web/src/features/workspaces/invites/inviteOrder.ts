/** The order invitations are shown in. Pure. */

import type { Invite } from "@/lib/api/types";

/** Those that can still let somebody in first; within both halves the newest first. */
export function newestOpenFirst(invites: readonly Invite[]): Invite[] {
  const isOpen = (invite: Invite) => invite.state === "open";
  const newest = invites.toReversed();
  return [...newest.filter(isOpen), ...newest.filter((each) => !isOpen(each))];
}
