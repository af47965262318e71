/** What of my accounts needs me now: Telegram ended a session or closed an account, or somebody signed in to one. */

import { Trans } from "@lingui/react/macro";
import { Ban, type LucideIcon, ShieldAlert, Unplug } from "lucide-react";
import type { ReactNode } from "react";

import { Banner } from "@/components/Banner";
import { LinkButton } from "@/components/LinkButton";
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
  const accounts = useAccounts().data?.accounts ?? [];
  const ended = accounts.find((each) => ownConnection(each)?.state === "needs_login");
  const closed = accounts.find((each) => ownConnection(each)?.state === "closed");
  if (ended !== undefined) {
    const name = accountTitle(ended);
    return (
      <AccountBanner icon={Unplug} action={<Trans>Reconnect</Trans>} connect>
        <Trans>Telegram ended the session of {name}.</Trans>
      </AccountBanner>
    );
  }
  if (closed === undefined) return null;
  const name = accountTitle(closed);
  return (
    <AccountBanner icon={Ban} action={<Trans>See why</Trans>}>
      <Trans>Telegram closed or froze {name}.</Trans>
    </AccountBanner>
  );
}

/** Says which account it is, and leads to where the session is kept or ended. */
function NewSessionBanner() {
  const accounts = useAccounts().data?.accounts ?? [];
  const seen = accounts.find((each) => each.unknown_sessions > 0);
  if (seen === undefined) return null;
  const name = accountTitle(seen);
  return (
    <AccountBanner icon={ShieldAlert} action={<Trans>Keep or end it</Trans>}>
      <Trans>A new session at Telegram is signed in to {name}.</Trans>
    </AccountBanner>
  );
}

interface Props {
  icon: LucideIcon;
  /** What the button that leads to the accounts says. */
  action: ReactNode;
  /** Whether the dialog for connecting opens there at once. */
  connect?: boolean;
  children: ReactNode;
}

function AccountBanner({ icon, action, connect, children }: Props) {
  const workspace = useWorkspace();
  return (
    <Banner
      icon={icon}
      tone="danger"
      action={
        <LinkButton
          size="compact-sm"
          variant="default"
          to="/w/$ws/settings/accounts"
          params={{ ws: workspace.id }}
          search={{ connect }}
        >
          {action}
        </LinkButton>
      }
    >
      {children}
    </Banner>
  );
}
