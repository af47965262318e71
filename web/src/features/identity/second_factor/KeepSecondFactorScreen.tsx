/** The link of the letter that staff was asked to turn two-step verification off: keep it. */

import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";

import { LinkButton } from "@/components/LinkButton";
import { MailedLinkPage } from "@/components/MailedLinkPage";
import { PublicPage } from "@/components/PublicPage";
import { http } from "@/lib/api/client";

export function KeepSecondFactorScreen() {
  const { t } = useLingui();
  const [isKept, setKept] = useState(false);
  if (isKept) return <Kept />;
  return (
    <MailedLinkPage
      title={t`Keep two-step verification?`}
      lead={
        <Trans>
          Somebody asked the people who run this Wireroom to turn it off for your account. If it was not you,
          keep it and change your password.
        </Trans>
      }
      action={<Trans>Keep two-step verification</Trans>}
      run={(token) => http.POST("/second-factor-resets/cancel", { body: { token } })}
      onDone={() => setKept(true)}
    />
  );
}

function Kept() {
  const { t } = useLingui();
  return (
    <PublicPage
      title={t`Two-step verification stays on`}
      lead={<Trans>Nothing was changed. Now change your password: somebody may know it.</Trans>}
    >
      <LinkButton to="/settings/$page" params={{ page: "security" }}>
        <Trans>Open security settings</Trans>
      </LinkButton>
    </PublicPage>
  );
}
