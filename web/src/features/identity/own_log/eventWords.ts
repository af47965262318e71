/** What happened, in words, for each kind of entry in a person's own log. */

import { t } from "@lingui/core/macro";

import type { OwnLogEntry } from "@/lib/api/types";
import { providerTitle } from "@/lib/providers";

type Facts = Record<string, unknown>;

const factsOf = (value: unknown): Facts =>
  typeof value === "object" && value !== null ? (value as Facts) : {};

export const WORDS: Record<string, (change: { old: Facts; new: Facts; target: string }) => string> = {
  "session.opened": (change) =>
    change.new.known_device === false ? t`Signed in on a new device` : t`Signed in`,
  "session.ended": (change) =>
    change.new.reason === "one too many"
      ? t`Signed out: too many sign-ins at once, this was the oldest`
      : t`Signed out`,
  "session.refused": (change) =>
    change.new.wrong === "code" ? t`Sign-in refused: wrong code` : t`Sign-in refused: wrong password`,
  "proof.refused": () => t`Refused: the password or code asked for once more was wrong`,
  "password.changed": () => t`Password changed`,
  "password.reset": () => t`Password set by a mailed link`,
  "email_change.asked": (change) => t`Move to ${String(change.new.email)} asked for`,
  "email.changed": (change) => t`E-mail address is now ${String(change.new.email)}`,
  "second_factor.setup_begun": () => t`Setting up two-step verification begun`,
  "second_factor.enabled": () => t`Two-step verification turned on`,
  "second_factor.disabled": () => t`Two-step verification turned off`,
  "second_factor.reset": () => t`Two-step verification reset by staff`,
  "second_factor.reset_started": () =>
    t`Staff were told that two-step verification is lost: it goes in 72 hours`,
  "second_factor.reset_announced": () => t`A letter about the lost two-step verification was sent`,
  "second_factor.reset_called_off": () => t`Removal of two-step verification called off`,
  "backup_codes.made": () => t`New backup codes made`,
  "login.linked": (change) => t`Sign-in with ${providerTitle(change.target)} linked`,
  "login.unlinked": (change) => t`Sign-in with ${providerTitle(change.target)} unlinked`,
  "profile.renamed": () => t`Name or username changed`,
  "documents.accepted": () => t`Legal documents accepted`,
  "telegram_bot.linked": () => t`Reminder bot at Telegram linked`,
  "telegram_bot.unlinked": () => t`Reminder bot at Telegram unlinked`,
  "push.turned_on": () => t`Push messages turned on in a browser`,
  "push.turned_off": () => t`Push messages turned off in a browser`,
  "account.reset": () => t`Everything disconnected and signed out`,
  "account.deletion_requested": () => t`Deletion of the account asked for`,
  "account.deletion_undone": () => t`Deletion of the account taken back`,
};

/** One phrase; a kind that this version of the app has no words for is shown as it is. */
export function eventWords(entry: Pick<OwnLogEntry, "kind" | "old" | "new" | "target">): string {
  const words = WORDS[entry.kind];
  if (words === undefined) return entry.kind.replaceAll(/[._]/g, " ");
  return words({ old: factsOf(entry.old), new: factsOf(entry.new), target: entry.target });
}

/** Whether an entry is about somebody who was not let in. */
export function isRefusal(entry: Pick<OwnLogEntry, "kind">): boolean {
  return entry.kind === "session.refused" || entry.kind === "proof.refused";
}
