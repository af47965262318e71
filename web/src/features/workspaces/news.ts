/** Which of a workspace's facts a journalled change makes old. Pure. */

import type { Change } from "@/lib/api/types";

export type Fact =
  | "members"
  | "invites"
  | "leave-requests"
  | "workspace"
  | "me"
  | "seats"
  | "billing"
  | "bills";

/** Everything that is to be read anew; `userId` is the person at the screen. */
export function madeOld(change: Pick<Change, "kind" | "target">, userId: string): Fact[] {
  const isMine = change.target === userId;
  switch (change.kind.split(".")[0]) {
    case "member":
      return isMine ? ["members", "workspace", "me", "seats"] : ["members", ...leavesToo(change.kind)];
    case "ownership":
      return ["members", "workspace", "me"];
    case "leaving":
      return ["members", "leave-requests"];
    case "invite":
      return ["invites", "seats"];
    case "seat":
    case "seats":
      return ["seats", "members", "workspace", "billing"];
    case "subscription":
      return ["billing"];
    case "invoice":
    case "charge":
      return ["bills", "billing"];
    case "connection":
      // The first one may begin the trial.
      return change.kind === "connection.opened" ? ["workspace"] : [];
    case "toggles":
      return ["workspace"];
    case "workspace":
      return ["workspace", "me"];
    default:
      return [];
  }
}

/** Somebody joins by an invitation, and whoever goes takes their request to leave and their invitations along. */
function leavesToo(kind: string): Fact[] {
  if (kind === "member.joined") return ["invites", "seats"];
  return kind === "member.left" || kind === "member.removed" ? ["invites", "leave-requests", "seats"] : [];
}
