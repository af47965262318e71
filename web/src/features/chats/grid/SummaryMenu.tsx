/** What stands under a column: chosen from what its type has. */

import { Trans } from "@lingui/react/macro";
import { Menu } from "@mantine/core";
import { Check } from "lucide-react";
import { MenuAnchor } from "@/components/MenuAnchor";
import type { Column } from "@/lib/api/types";
import type { MenuAt } from "./ColumnMenu";
import type { SummaryKind } from "./layout";
import { SummaryName } from "./SummaryName";
import { summariesOf } from "./summaries";

interface SummaryMenuProps {
  at: MenuAt;
  column: Column;
  chosen: SummaryKind | null;
  onChoose: (kind: SummaryKind | null) => void;
  onClose: () => void;
}

export default function SummaryMenu({ at, column, chosen, onChoose, onClose }: SummaryMenuProps) {
  return (
    <Menu opened onChange={(isOpen) => !isOpen && onClose()} position="top-start" width={200}>
      <Menu.Target>
        <MenuAnchor at={at} />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{column.name}</Menu.Label>
        {[null, ...summariesOf(column.type)].map((kind) => (
          <Menu.Item
            key={kind ?? "none"}
            rightSection={kind === chosen ? <Check size={14} aria-hidden /> : null}
            aria-current={kind === chosen}
            onClick={() => onChoose(kind)}
          >
            {kind ? <SummaryName kind={kind} /> : <Trans>Nothing</Trans>}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
