/** One place the person is signed in. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Badge, Button, Group } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Monitor, Smartphone } from "lucide-react";

import { SettingsRow } from "@/components/SettingsRow";
import type { Session } from "@/lib/api/types";
import { useMinuteMs } from "@/lib/clock";
import { deviceOf } from "@/lib/device";
import { Moment } from "@/lib/time";

import { EndSessionDialog } from "./EndSessionDialog";

export function SessionRow({ session }: { session: Session }) {
  const { t } = useLingui();
  const nowMs = useMinuteMs();
  const [isEnding, ending] = useDisclosure(false);
  const device = deviceOf(session.device);
  const Icon = device.isPhone ? Smartphone : Monitor;
  return (
    <SettingsRow
      as="li"
      icon={<Icon size={20} aria-hidden />}
      title={
        <Group gap="xs">
          <span title={session.device}>{device.name}</span>
          {session.current && (
            <Badge variant="light" color="green">
              <Trans>This device</Trans>
            </Badge>
          )}
          {session.second_factor && (
            <Badge variant="light" color="gray">
              <Trans>Two-step verified</Trans>
            </Badge>
          )}
        </Group>
      }
      action={
        !session.current && (
          <Button variant="default" onClick={ending.open} aria-label={t`Sign out ${device.name}`}>
            <Trans>Sign out</Trans>
          </Button>
        )
      }
    >
      {session.address} · <Trans>signed in</Trans> <Moment at={session.created_at} nowMs={nowMs} /> ·{" "}
      <Trans>last seen</Trans> <Moment at={session.seen_at} nowMs={nowMs} />
      <EndSessionDialog session={session} name={device.name} opened={isEnding} onClose={ending.close} />
    </SettingsRow>
  );
}
