/** What a phone has no room for: search, workspaces, the person's own things. */

import { Trans } from "@lingui/react/macro";
import { Menu } from "@mantine/core";
import { Search } from "lucide-react";

import type { MenuPanelProps } from "@/components/MenuOnDemand";
import { WorkspaceItems } from "@/features/workspaces/SwitcherMenu";

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
        <Menu.Divider />
        <WorkspaceItems />
        <Menu.Divider />
        <UserMenuItems />
      </Menu.Dropdown>
    </Menu>
  );
}
