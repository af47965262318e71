/** Somebody a provider has named who is nobody here yet: what is missing before they are in. */

import type { SocialAnswer } from "@/lib/api/types";

import { AskEmail } from "./AskEmail";
import { KnownAddress } from "./KnownAddress";
import { SocialSignUp } from "./SocialSignUp";

interface Props {
  /** Not known where a mailed link was opened. */
  provider?: string | undefined;
  answer: SocialAnswer;
}

export function PendingLogin({ provider, answer }: Props) {
  const email = answer.email ?? "";
  switch (answer.next) {
    case "link":
      return <KnownAddress provider={provider} email={email} />;
    case "email":
      return <AskEmail provider={provider} email={email} />;
    default:
      return <SocialSignUp provider={provider} answer={answer} />;
  }
}
