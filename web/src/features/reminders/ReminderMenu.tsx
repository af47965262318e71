/** Puts a reminder off, or takes it away. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Menu } from "@mantine/core";
import { AlarmClockPlus, Trash2 } from "lucide-react";
import { useState } from "react";

import { ConfirmDialog } from "@/components/ConfirmDialog";
import type { MenuPanelProps } from "@/components/MenuOnDemand";
import type { Reminder } from "@/lib/api/types";

import { useReminderActions } from "./reminders";
import { useTitle } from "./useTitle";
import { PRESETS, presetNames } from "./words";

export default function ReminderMenu({ target, subject }: MenuPanelProps<Reminder>) {
  const { t, i18n } = useLingui();
  const { snooze, remove } = useReminderActions();
  const title = useTitle(subject);
  const [isAsking, setAsking] = useState(false);
  const removeIt = () => {
    setAsking(false);
    void remove(subject);
  };
  return (
    <>
      <Menu position="bottom-end" width={220} defaultOpened>
        <Menu.Target>{target}</Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>
            <Trans>Put off</Trans>
          </Menu.Label>
          {PRESETS.map((preset) => (
            <Menu.Item
              key={preset}
              leftSection={<AlarmClockPlus size={16} />}
              onClick={() => void snooze(subject, { preset })}
            >
              {i18n._(presetNames[preset])}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item
            leftSection={<Trash2 size={16} />}
            c="var(--c-danger-text)"
            onClick={() => setAsking(true)}
          >
            <Trans>Remove</Trans>
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {isAsking && (
        <ConfirmDialog
          title={t`Remove the reminder “${title}”?`}
          action={t`Remove reminder`}
          isBusy={false}
          onConfirm={removeIt}
          onClose={() => setAsking(false)}
        >
          <Trans>Nobody is told of it any more. To have dealt with it, check it off instead.</Trans>
        </ConfirmDialog>
      )}
    </>
  );
}
