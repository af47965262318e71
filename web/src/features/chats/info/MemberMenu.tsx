/** What an admin may do to one member. */

import { Trans } from "@lingui/react/macro";
import { Menu } from "@mantine/core";
import { Ban, ShieldCheck, UserMinus } from "lucide-react";
import type { MenuPanelProps } from "@/components/MenuOnDemand";

export interface MemberMenuSubject {
  isAdmin: boolean;
  mayBan: boolean;
  mayPromote: boolean;
  onDo: (what: "rights" | "remove" | "ban") => void;
}

export default function MemberMenu({ target, subject }: MenuPanelProps<MemberMenuSubject>) {
  const { isAdmin, mayBan, mayPromote, onDo } = subject;
  return (
    <Menu position="bottom-end" defaultOpened>
      <Menu.Target>{target}</Menu.Target>
      <Menu.Dropdown>
        {mayPromote && (
          <Menu.Item leftSection={<ShieldCheck size={16} />} onClick={() => onDo("rights")}>
            {isAdmin ? <Trans>Change admin's rights</Trans> : <Trans>Make an admin</Trans>}
          </Menu.Item>
        )}
        {mayBan && (
          <Menu.Item leftSection={<UserMinus size={16} />} onClick={() => onDo("remove")}>
            <Trans>Remove from the group</Trans>
          </Menu.Item>
        )}
        {mayBan && (
          <Menu.Item color="red" leftSection={<Ban size={16} />} onClick={() => onDo("ban")}>
            <Trans>Remove and ban</Trans>
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
