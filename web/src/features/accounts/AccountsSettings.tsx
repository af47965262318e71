/** The Telegram accounts of the workspace: mine, and the ones teammates connected. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { Plus, Smartphone } from "lucide-react";
import { useState } from "react";

import { SettingsSection } from "@/components/SettingsSection";
import { EmptyState, ErrorState, LoadingRows } from "@/components/StateBlock";
import type { Account } from "@/lib/api/types";
import { usePageTitle } from "@/lib/pageTitle";

import { AccountCard } from "./AccountCard";
import classes from "./AccountsSettings.module.css";
import { useAccounts } from "./accounts";
import { ConnectDialog } from "./connect/ConnectDialog";

interface Props {
  isConnecting: boolean;
  onConnectingChange: (isConnecting: boolean) => void;
}

export function AccountsSettings({ isConnecting, onConnectingChange }: Props) {
  const { t } = useLingui();
  const [again, setAgain] = useState<Account | null>(null);
  usePageTitle(t`Telegram accounts`, t`Settings`);
  const open = (account: Account | null) => {
    setAgain(account);
    onConnectingChange(true);
  };
  return (
    <>
      <SettingsSection
        title={<Trans>Telegram accounts</Trans>}
        lead={<Trans>Only you can read chats of accounts you connect.</Trans>}
        action={
          <Button leftSection={<Plus size={16} />} onClick={() => open(null)} className={classes.add}>
            <Trans>Connect account</Trans>
          </Button>
        }
      >
        <AccountList onConnect={open} />
      </SettingsSection>
      <ConnectDialog opened={isConnecting} again={again} onClose={() => onConnectingChange(false)} />
    </>
  );
}

function AccountList({ onConnect }: { onConnect: (account: Account | null) => void }) {
  const accounts = useAccounts();
  if (accounts.isPending) return <LoadingRows rows={2} height={88} />;
  if (accounts.isError) return <ErrorState error={accounts.error} onRetry={() => void accounts.refetch()} />;
  if (accounts.data.accounts.length === 0) {
    return (
      <EmptyState
        icon={Smartphone}
        title={<Trans>Connect your first Telegram account</Trans>}
        action={
          <Button onClick={() => onConnect(null)}>
            <Trans>Connect account</Trans>
          </Button>
        }
      >
        <Trans>Scan a QR code with your phone, as for Telegram Desktop. It takes less than a minute.</Trans>
      </EmptyState>
    );
  }
  const [mine, others] = split(accounts.data.accounts);
  return (
    <ul className={classes.list}>
      {[...mine, ...others].map((account) => (
        <AccountCard key={account.id} account={account} onReconnect={() => onConnect(account)} />
      ))}
    </ul>
  );
}

function split(accounts: Account[]): [Account[], Account[]] {
  return [accounts.filter((each) => each.mine), accounts.filter((each) => !each.mine)];
}
