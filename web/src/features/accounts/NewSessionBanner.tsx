/** Somebody signed in to one of my accounts at Telegram: say which, and lead to where it is kept or ended. */

import { Trans } from "@lingui/react/macro";
import { ShieldAlert } from "lucide-react";

import { Banner } from "@/components/Banner";
import { LinkButton } from "@/components/LinkButton";
import { useWorkspace } from "@/lib/session";

import { accountTitle, useAccounts } from "./accounts";

export function NewSessionBanner() {
  const workspace = useWorkspace();
  const accounts = useAccounts().data?.accounts ?? [];
  const seen = accounts.find((each) => each.unknown_sessions > 0);
  if (seen === undefined) return null;
  const name = accountTitle(seen);
  return (
    <Banner
      icon={ShieldAlert}
      tone="danger"
      action={
        <LinkButton
          size="compact-sm"
          variant="default"
          to="/w/$ws/settings/accounts"
          params={{ ws: workspace.id }}
        >
          <Trans>Keep or end it</Trans>
        </LinkButton>
      }
    >
      <Trans>A new session at Telegram is signed in to {name}.</Trans>
    </Banner>
  );
}
