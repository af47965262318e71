/** Telegram ended one of my sessions, or closed an account: say which, and lead to what can be done. */

import { Trans } from "@lingui/react/macro";
import { Ban, Unplug } from "lucide-react";

import { Banner } from "@/components/Banner";
import { LinkButton } from "@/components/LinkButton";
import type { Account } from "@/lib/api/types";
import { useWorkspace } from "@/lib/session";

import { accountTitle, ownConnection, useAccounts } from "./accounts";

export function EndedSessionBanner() {
  const workspace = useWorkspace();
  const accounts = useAccounts().data?.accounts ?? [];
  const ended = accounts.find((each) => ownConnection(each)?.state === "needs_login");
  const closed = accounts.find((each) => ownConnection(each)?.state === "closed");
  if (ended === undefined) return closed ? <ClosedBanner account={closed} /> : null;
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

function ClosedBanner({ account }: { account: Account }) {
  const workspace = useWorkspace();
  const name = accountTitle(account);
  return (
    <Banner
      icon={Ban}
      tone="danger"
      action={
        <LinkButton
          size="compact-sm"
          variant="default"
          to="/w/$ws/settings/accounts"
          params={{ ws: workspace.id }}
        >
          <Trans>See why</Trans>
        </LinkButton>
      }
    >
      <Trans>Telegram closed or froze {name}.</Trans>
    </Banner>
  );
}
