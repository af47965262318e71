/** Why a sign-in was refused. */

import { t } from "@lingui/core/macro";

import { ApiError } from "@/lib/api/errors";
import { problemText } from "@/lib/problemText";

/** One sentence for a wrong address and a wrong password: neither says whether the address is known. */
export function signInRefusal(error: unknown): string {
  const isWrong = error instanceof ApiError && error.status === 401;
  return isWrong ? t`This e-mail and password do not match.` : problemText(error);
}
