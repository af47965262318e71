/** A panel over the page, where there is no room beside it. */

import { Drawer } from "@mantine/core";
import type { ReactNode } from "react";

export function PanelDrawer({ onClose, children }: { onClose: () => void; children: ReactNode }) {
  return (
    <Drawer opened onClose={onClose} position="right" size={360} withCloseButton={false} padding={0}>
      {children}
    </Drawer>
  );
}
