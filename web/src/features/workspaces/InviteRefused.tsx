/** An invitation that cannot be used, why, and what to do next. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Text } from "@mantine/core";

import { LinkButton } from "@/components/LinkButton";
import { PublicPage } from "@/components/PublicPage";
import { ApiError } from "@/lib/api/errors";
import { problemText } from "@/lib/problemText";

interface Refusal {
  title: string;
  text: string;
}

/** The words for each reason an invitation can be refused. */
export function useRefusal(): (error: unknown) => Refusal {
  const { t } = useLingui();
  const known: Record<string, Refusal> = {
    missing: {
      title: t`This link is incomplete`,
      text: t`Copy the whole link from the message you got and open it again.`,
    },
    "invite-not-found": {
      title: t`This invitation does not exist`,
      text: t`Check that the whole link was copied, or ask for a new one.`,
    },
    "invite-expired": {
      title: t`This invitation has expired`,
      text: t`Invitations are good for 7 days. Ask for a new link.`,
    },
    "invite-revoked": {
      title: t`This invitation was taken back`,
      text: t`Ask the person who invited you for a new link.`,
    },
    "invite-used": {
      title: t`This invitation was used already`,
      text: t`Each link works once. If it was you, sign in and switch workspace.`,
    },
    "already-member": {
      title: t`You are in this workspace already`,
      text: t`Open it from the workspace menu.`,
    },
    "email-unverified": {
      title: t`Confirm your e-mail first`,
      text: t`The invitation names your address. Open the link in the mail we sent you, then come back.`,
    },
    "invite-for-other-email": {
      title: t`This invitation is for someone else`,
      text: t`It was made for another e-mail address. Sign in with that address, or ask for a new link.`,
    },
  };
  return (error) => {
    const code = error instanceof ApiError ? error.code : "";
    return known[code] ?? { title: t`This invitation cannot be used`, text: problemText(error) };
  };
}

export function InviteRefused(props: { error: unknown } | { code: "missing" }) {
  const refusalOf = useRefusal();
  const error =
    "error" in props ? props.error : new ApiError({ status: 0, code: props.code, title: "", detail: "" });
  const { title, text } = refusalOf(error);
  return (
    <PublicPage title={title}>
      <Text c="dimmed">{text}</Text>
      <LinkButton to="/" variant="default">
        <Trans>Go to Wireroom</Trans>
      </LinkButton>
    </PublicPage>
  );
}
