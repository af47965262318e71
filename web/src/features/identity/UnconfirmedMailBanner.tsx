/** Reminds a signed-in person to confirm their e-mail, and sends the mail again. */

import { Trans, useLingui } from "@lingui/react/macro";
import { MailWarning } from "lucide-react";

import { Banner } from "@/components/Banner";
import { ResendButton } from "@/components/ResendButton";
import { api } from "@/lib/api/client";
import { notifyDone, notifyProblem } from "@/lib/notify";
import { problemText } from "@/lib/problemText";
import { useMe } from "@/lib/session";

const PAUSE_S = 60;

export default function UnconfirmedMailBanner() {
  const { t } = useLingui();
  const { user } = useMe();
  const resend = api.useMutation("post", "/verification-mails", {
    onSuccess: () => notifyDone(t`Mail sent.`),
    onError: (error) => notifyProblem(problemText(error)),
  });
  const email = user.email;
  return (
    <Banner
      icon={MailWarning}
      action={
        <ResendButton size="compact-sm" availableAtMs={0} pauseS={PAUSE_S} onPress={() => resend.mutate({})}>
          <Trans>Send the mail again</Trans>
        </ResendButton>
      }
    >
      <Trans>Confirm your e-mail with the link we sent to {email}.</Trans>
    </Banner>
  );
}
