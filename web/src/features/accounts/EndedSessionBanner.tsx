/** Telegram ended one of my sessions: say which, and lead to the cure. */

import { Trans } from "@lingui/react/macro";
import { Unplug } from "lucide-react";

import { Banner } from "@/components/Banner";
import { LinkButton } from "@/components/LinkButton";
import { useWorkspace } from "@/lib/session";

import { accountTitle, ownConnection, useAccounts } from "./accounts";

export function EndedSessionBanner() {
  const workspace = useWorkspace();
  const accounts = useAccounts().data?.accounts ?? [];
  const ended = accounts.find((each) => ownConnection(each)?.state === "needs_login");
  if (ended === undefined) return null;
  const name = accountTitle(ended);
  return (
    <Banner
      icon={Unplug}
      tone="danger"
      action={
        <LinkButton
          size="compact-sm"
          variant="default"
          to="/w/$ws/settings/accounts"
          params={{ ws: workspace.id }}
          search={{ connect: true }}
        >
          <Trans>Reconnect</Trans>
        </LinkButton>
      }
    >
      <Trans>Telegram ended the session of {name}.</Trans>
    </Banner>
  );
}
