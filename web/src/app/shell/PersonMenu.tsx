/** The menu behind the person's button. */

import { Menu } from "@mantine/core";

import type { MenuPanelProps } from "@/components/MenuOnDemand";

import { UserMenuItems } from "./UserMenuItems";

export default function PersonMenu({ target }: MenuPanelProps) {
  return (
    <Menu position="right-end" width={240} defaultOpened>
      <Menu.Target>{target}</Menu.Target>
      <Menu.Dropdown>
        <UserMenuItems />
      </Menu.Dropdown>
    </Menu>
  );
}
