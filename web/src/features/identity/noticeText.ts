/** What somebody is told who is on the sign-in page and did not ask for it: one sentence each. */

import { useLingui } from "@lingui/react/macro";
import type { SignInNotice } from "./signInNotices";

export function useNoticeText(): (notice: SignInNotice) => string {
  const { t } = useLingui();
  const words: Record<SignInNotice, string> = {
    "challenge-over": t`That sign-in took too long. Begin again.`,
    "password-reset": t`Your new password is set. Sign in with it.`,
    deleted: t`Your account is being deleted. We mailed you a link that takes it back.`,
    erased: t`Your account is being erased. A mail tells you when nothing is left.`,
    restored: t`Your account is back. Sign in as before.`,
    reset: t`Your Telegram accounts are disconnected and you are signed out everywhere.`,
  };
  return (notice) => words[notice];
}
