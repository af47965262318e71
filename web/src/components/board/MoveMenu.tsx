/** "Move to…": every lane by name, for keyboards, screen readers and fingers, which do not drag. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Menu } from "@mantine/core";
import { Check } from "lucide-react";
import { useState } from "react";
import { MenuAnchor } from "@/components/MenuAnchor";
import classes from "./Board.module.css";
import type { Lane } from "./model";

/** So many lanes are read at a glance; more are found by typing. */
const AT_A_GLANCE = 8;

interface MoveMenuProps {
  at: { x: number; y: number };
  lanes: readonly Lane[];
  /** Where the card is now. */
  laneId: string;
  onMove: (lane: Lane) => void;
  onClose: () => void;
}

export default function MoveMenu({ at, lanes, laneId, onMove, onClose }: MoveMenuProps) {
  const { t } = useLingui();
  const [search, setSearch] = useState("");
  const wanted = search.trim().toLocaleLowerCase();
  const found = lanes.filter((lane) => lane.name.toLocaleLowerCase().includes(wanted));
  return (
    <Menu opened onChange={(isOpen) => !isOpen && onClose()} position="bottom-start" width={240}>
      <Menu.Target>
        <MenuAnchor at={at} />
      </Menu.Target>
      <Menu.Dropdown aria-label={t`Move to`} className={classes.menu ?? ""}>
        <Menu.Label>
          <Trans>Move to</Trans>
        </Menu.Label>
        {lanes.length > AT_A_GLANCE && (
          <Menu.Search
            aria-label={t`Find a lane`}
            placeholder={t`Find a lane`}
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
        )}
        {found.map((lane) => (
          <Menu.Item
            key={lane.id}
            leftSection={<LaneDot lane={lane} />}
            rightSection={lane.id === laneId ? <Check size={14} aria-label={t`It is here`} /> : null}
            disabled={lane.id === laneId}
            onClick={() => onMove(lane)}
          >
            <span dir="auto">{lane.name}</span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function LaneDot({ lane }: { lane: Lane }) {
  const color = lane.hue ? `var(--hue-${lane.hue}-text)` : "var(--c-border-strong)";
  return <span aria-hidden className={classes.dot} style={{ background: color }} />;
}
