/** Why something that needed proof was refused, above its form. */

import { Trans } from "@lingui/react/macro";
import { useLocation } from "@tanstack/react-router";

import { FormProblem } from "@/components/FormProblem";
import { Refusal } from "@/components/Refusal";
import { TextLink } from "@/components/TextLink";
import { ApiError } from "@/lib/api/errors";

export function ProofRefusal({ error }: { error: unknown }) {
  const isStale = error instanceof ApiError && error.code === "sign-in-again";
  return isStale ? <SignInAgain /> : <Refusal error={error} />;
}

/** Somebody with neither password nor second factor proves who they are by a sign-in that is fresh. */
function SignInAgain() {
  const here = useLocation().href;
  return (
    <FormProblem>
      <Trans>You signed in a while ago. </Trans>
      <TextLink to="/sign-in" search={{ next: here }} underline="always" c="inherit">
        <Trans>Sign in again</Trans>
      </TextLink>
      <Trans>, then repeat this within 15 minutes.</Trans>
    </FormProblem>
  );
}
