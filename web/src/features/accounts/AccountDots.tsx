/** My accounts in the sidebar: each with its state, leading to the settings. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { Plus } from "lucide-react";

import type { Account, Connection } from "@/lib/api/types";
import { useWorkspace } from "@/lib/session";

import classes from "./AccountDots.module.css";
import { accountTitle, ownConnection, useAccounts } from "./accounts";
import { useStateName } from "./connectionStates";
import { StateDot } from "./StateBadge";

export function AccountDots({ isNarrow }: { isNarrow: boolean }) {
  const { t } = useLingui();
  const workspace = useWorkspace();
  const accounts = useAccounts().data?.accounts ?? [];
  const params = { ws: workspace.id };
  return (
    <section aria-label={t`Telegram accounts`} className={classes.section} data-narrow={isNarrow}>
      <div className={classes.head}>
        {!isNarrow && (
          <span>
            <Trans>Accounts</Trans>
          </span>
        )}
        <Link
          to="/w/$ws/settings/accounts"
          params={params}
          search={{ connect: true }}
          className={classes.add}
          aria-label={t`Connect account`}
        >
          <Plus size={16} aria-hidden />
        </Link>
      </div>
      {accounts.map((account) => {
        const own = ownConnection(account);
        return own && <Dot key={account.id} account={account} own={own} isNarrow={isNarrow} />;
      })}
    </section>
  );
}

function Dot({ account, own, isNarrow }: { account: Account; own: Connection; isNarrow: boolean }) {
  const workspace = useWorkspace();
  const stateName = useStateName()(own.state);
  const title = accountTitle(account);
  return (
    <Link
      to="/w/$ws/settings/accounts"
      params={{ ws: workspace.id }}
      className={classes.account}
      aria-label={`${title}: ${stateName}`}
      title={`${title}: ${stateName}`}
    >
      <StateDot state={own.state} />
      {!isNarrow && <span className={classes.name}>{title}</span>}
    </Link>
  );
}
