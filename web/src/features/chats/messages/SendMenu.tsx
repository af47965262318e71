/** When a text is sent, if not now, and whether it makes a sound. */

import { Trans } from "@lingui/react/macro";
import { Menu } from "@mantine/core";
import { BellOff, CalendarClock, Clock, Link2Off, Sunrise } from "lucide-react";
import { useState } from "react";
import type { MenuPanelProps } from "@/components/MenuOnDemand";
import { PickTimeDialog } from "./PickTimeDialog";
import type { SendMenuSubject } from "./SendButton";
import { inAnHour, tomorrowMorning } from "./scheduleTimes";

export default function SendMenu({ target, subject }: MenuPanelProps<SendMenuSubject>) {
  const { onSend } = subject;
  const [isPicking, setPicking] = useState(false);
  const at = (time: Date) => onSend({ scheduleAt: time.toISOString() });
  return (
    <>
      <Menu position="top-end" defaultOpened>
        <Menu.Target>{target}</Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<BellOff size={16} />} onClick={() => onSend({ isSilent: true })}>
            <Trans>Send without sound</Trans>
          </Menu.Item>
          <Menu.Item leftSection={<Link2Off size={16} />} onClick={() => onSend({ hasPreview: false })}>
            <Trans>Send without link preview</Trans>
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item leftSection={<Clock size={16} />} onClick={() => at(inAnHour(new Date()))}>
            <Trans>In an hour</Trans>
          </Menu.Item>
          <Menu.Item leftSection={<Sunrise size={16} />} onClick={() => at(tomorrowMorning(new Date()))}>
            <Trans>Tomorrow at 9:00</Trans>
          </Menu.Item>
          <Menu.Item leftSection={<CalendarClock size={16} />} onClick={() => setPicking(true)}>
            <Trans>Pick a time…</Trans>
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {isPicking && (
        <PickTimeDialog
          first={inAnHour(new Date())}
          onPick={(time) => {
            setPicking(false);
            at(time);
          }}
          onClose={() => setPicking(false)}
        />
      )}
    </>
  );
}
