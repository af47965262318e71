/** Telegram's refusals of changes to groups, in words with what to do. */

import { t } from "@lingui/core/macro";
import * as v from "valibot";
import { ApiError } from "@/lib/api/errors";
import { problemText } from "@/lib/problemText";

const told = v.object({ telegram_error: v.string() });

/** One sentence for a refused change; Telegram's own name of the error stands in where there are no words for it. */
export function refusalText(error: unknown): string {
  const standing = error instanceof ApiError ? error.standing : undefined;
  return (v.is(told, standing) && wordsOf(standing.telegram_error)) || problemText(error);
}

function wordsOf(name: string): string | undefined {
  switch (name) {
    case "CHAT_ADMIN_REQUIRED":
    case "RIGHT_FORBIDDEN":
    case "CHAT_WRITE_FORBIDDEN":
      return t`This account has not the right to do that here. Ask the group's owner for it.`;
    case "USER_PRIVACY_RESTRICTED":
      return t`This person lets only contacts add them to groups. Send them the invite link.`;
    case "USER_NOT_MUTUAL_CONTACT":
      return t`Telegram lets you add this person only when you have each other as contacts. Send them the invite link.`;
    case "USER_CHANNELS_TOO_MUCH":
      return t`This person is in too many groups to be added to another one.`;
    case "CHANNELS_TOO_MUCH":
      return t`This account is in too many groups. Leave one first.`;
    case "USERS_TOO_MUCH":
      return t`This group is full.`;
    case "USERS_TOO_FEW":
      return t`Nobody of those you named can be added, so the group was not made.`;
    case "USER_KICKED":
      return t`This person was banned here. Lift the ban in Telegram first.`;
    case "USER_BANNED_IN_CHANNEL":
      return t`This account is banned there.`;
    case "USER_ADMIN_INVALID":
      return t`Only who made this person an admin, or the owner, can do that.`;
    case "USER_CREATOR":
      return t`The owner cannot leave or be changed. Hand the group over in Telegram first.`;
    case "USER_NOT_PARTICIPANT":
      return t`This person is no longer a member.`;
    case "CHANNEL_PRIVATE":
      return t`This account has no access to it any more.`;
    case "CHAT_TITLE_EMPTY":
    case "CHAT_TITLE_INVALID":
      return t`Telegram does not take this name.`;
    case "CHAT_ABOUT_TOO_LONG":
      return t`The description is too long for Telegram.`;
    case "INVITE_REQUEST_SENT":
      return t`You asked to join. The group's admins decide.`;
    default:
      return undefined;
  }
}
