/** What a phone has no room for: search, workspaces, the person's own things. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Menu } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { Search } from "lucide-react";

import type { MenuPanelProps } from "@/components/MenuOnDemand";
import { useUnreadCount } from "@/features/notifications/unread";
import { WorkspaceItems } from "@/features/workspaces/SwitcherMenu";
import { useWorkspace } from "@/lib/session";

import { bellPlace, furtherPlaces } from "./navigation";
import { usePaletteOpener } from "./paletteOpener";
import { UserMenuItems } from "./UserMenuItems";

export default function MoreMenu({ target }: MenuPanelProps) {
  const openPalette = usePaletteOpener();
  return (
    <Menu position="top-end" width={260} defaultOpened>
      <Menu.Target>{target}</Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<Search size={16} />} onClick={openPalette}>
          <Trans>Search and commands</Trans>
        </Menu.Item>
        <FurtherItems />
        <BellItem />
        <Menu.Divider />
        <WorkspaceItems />
        <Menu.Divider />
        <UserMenuItems />
      </Menu.Dropdown>
    </Menu>
  );
}

function BellItem() {
  const { i18n } = useLingui();
  const navigate = useNavigate();
  const workspace = useWorkspace();
  const unread = useUnreadCount();
  const { to, label, icon: Icon } = bellPlace;
  return (
    <Menu.Item
      leftSection={<Icon size={16} />}
      rightSection={unread}
      onClick={() => void navigate({ to, params: { ws: workspace.id } })}
    >
      {i18n._(label)}
    </Menu.Item>
  );
}

function FurtherItems() {
  const { i18n } = useLingui();
  const navigate = useNavigate();
  const workspace = useWorkspace();
  return furtherPlaces.map(({ to, label, icon: Icon }) => (
    <Menu.Item
      key={to}
      leftSection={<Icon size={16} />}
      onClick={() => void navigate({ to, params: { ws: workspace.id } })}
    >
      {i18n._(label)}
    </Menu.Item>
  ));
}
