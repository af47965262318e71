/** The accounts of the person, to narrow the list to. */

import { Trans } from "@lingui/react/macro";
import { Menu } from "@mantine/core";

import type { MenuPanelProps } from "@/components/MenuOnDemand";
import { accountTitle, useAccounts } from "@/features/accounts/accounts";

import { AccountDot } from "../ChatFace";
import { useInboxWish } from "./inboxWish";

export default function PickAccountMenu({ target }: MenuPanelProps) {
  const change = useInboxWish();
  const own = useAccounts().data?.accounts.filter((each) => each.mine) ?? [];
  return (
    <Menu position="bottom-end" defaultOpened>
      <Menu.Target>{target}</Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => change({ account: undefined })}>
          <Trans>All accounts</Trans>
        </Menu.Item>
        {own.map((account) => (
          <Menu.Item
            key={account.id}
            leftSection={<AccountDot accountId={account.id} />}
            onClick={() => change({ account: account.id })}
          >
            {accountTitle(account)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
