/** Every reason an invitation can be refused for: in words, and what the person can do next. */

import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";

/** `home`: nothing but to go on; `retry`: the same link may work later; the others are places or acts. */
export type NextStep = "home" | "retry" | "open-workspace" | "other-account";

export interface RefusedInvite {
  title: MessageDescriptor;
  text: MessageDescriptor;
  next: NextStep;
}

/** By the problem's code; `link-incomplete` is this page's own, for a link that lost its end. */
export const refusedInvites: Readonly<Record<string, RefusedInvite>> = {
  "link-incomplete": {
    title: msg`This link is incomplete`,
    text: msg`Copy the whole link from the message you got and open it again.`,
    next: "home",
  },
  "invite-not-found": {
    title: msg`This invitation does not exist`,
    text: msg`Check that the whole link was copied, or ask for a new one.`,
    next: "home",
  },
  "invite-expired": {
    title: msg`This invitation has expired`,
    text: msg`Invitations are good for 7 days. Ask for it to be sent again.`,
    next: "home",
  },
  "invite-revoked": {
    title: msg`This invitation was taken back`,
    text: msg`Ask somebody of the workspace for a new link.`,
    next: "home",
  },
  "invite-used": {
    title: msg`This invitation was used already`,
    text: msg`Each link works once. If it was you, sign in and switch workspace.`,
    next: "home",
  },
  "invite-not-backed": {
    title: msg`This invitation no longer counts`,
    text: msg`Whoever sent it has left the workspace or may no longer invite. Ask an Admin or Owner there for a new link.`,
    next: "home",
  },
  "already-member": {
    title: msg`You are in this workspace already`,
    text: msg`The invitation stays good for somebody else.`,
    next: "open-workspace",
  },
  "email-unverified": {
    title: msg`Confirm your e-mail first`,
    text: msg`The invitation names your address. Open the link in the mail we sent you, then come back.`,
    next: "retry",
  },
  "invite-for-other-email": {
    title: msg`This invitation is for someone else`,
    text: msg`It was made for another e-mail address. Sign in with that address, or ask for a new link.`,
    next: "other-account",
  },
  "no-seat-free": {
    title: msg`There is no seat for you any more`,
    text: msg`It went to somebody else, or is no longer paid. Ask an Owner of the workspace for a new link.`,
    next: "home",
  },
  "trial-full": {
    title: msg`The trial has no room for one more`,
    text: msg`A trial is for three people. Once the workspace has seats, an Owner can invite you again.`,
    next: "home",
  },
  "still-leaving": {
    title: msg`You have only just left this workspace`,
    text: msg`Your earlier membership is being wound up. Try again in a minute.`,
    next: "retry",
  },
};

/** Where an answer says which workspace the person is in already. */
export function workspaceOf(standing: unknown): string | undefined {
  const isNamed = typeof standing === "object" && standing !== null && "workspace_id" in standing;
  return isNamed && typeof standing.workspace_id === "string" ? standing.workspace_id : undefined;
}
