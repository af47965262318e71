/** Where a provider sends the browser back to. */

import { Trans, useLingui } from "@lingui/react/macro";

import { LinkButton } from "@/components/LinkButton";
import { PublicPage } from "@/components/PublicPage";
import { providerTitle } from "@/lib/providers";

import { FinishLinking } from "./FinishLinking";
import { FinishSignIn } from "./FinishSignIn";
import { useReturned } from "./returned";

export function ReturnScreen({ provider }: { provider: string }) {
  const returned = useReturned();
  if (returned.came === "without") return <WithoutCode provider={provider} {...returned} />;
  const { code, state, isLinking } = returned;
  const Finish = isLinking ? FinishLinking : FinishSignIn;
  return <Finish provider={provider} code={code} state={state} />;
}

interface WithoutProps {
  provider: string;
  isCancelled: boolean;
  isLinking: boolean;
}

function WithoutCode({ provider, isCancelled, isLinking }: WithoutProps) {
  const { t } = useLingui();
  const name = providerTitle(provider);
  return (
    <PublicPage
      title={isCancelled ? t`You turned back` : t`${name} did not sign you in`}
      lead={
        isCancelled ? (
          <Trans>Nothing was changed. You can begin again, or use another way.</Trans>
        ) : (
          <Trans>{name} answered with a fault. Nothing was changed; begin again.</Trans>
        )
      }
    >
      {isLinking ? <BackToSettings /> : <BackToSignIn />}
    </PublicPage>
  );
}

function BackToSettings() {
  return (
    <LinkButton to="/settings/$page" params={{ page: "security" }}>
      <Trans>Back to security settings</Trans>
    </LinkButton>
  );
}

function BackToSignIn() {
  return (
    <LinkButton to="/sign-in">
      <Trans>Back to sign in</Trans>
    </LinkButton>
  );
}
