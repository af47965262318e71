/** What of my accounts needs me now: Telegram ended a session or closed an account, or somebody signed in to one. */

import { Trans } from "@lingui/react/macro";
import { Ban, ShieldAlert, Unplug } from "lucide-react";

import { Banner } from "@/components/Banner";
import { LinkButton } from "@/components/LinkButton";
import type { Account } from "@/lib/api/types";
import { useWorkspace } from "@/lib/session";

import { accountTitle, ownConnection, useAccounts } from "./accounts";

export default function AccountBanners() {
  return (
    <>
      <EndedSessionBanner />
      <NewSessionBanner />
    </>
  );
}

/** Says which session ended or which account was closed, and leads to what can be done. */
function EndedSessionBanner() {
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

/** Says which account it is, and leads to where the session is kept or ended. */
function NewSessionBanner() {
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
