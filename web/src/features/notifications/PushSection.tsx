/** Being told in browsers while the app is closed: this one by a switch, the person's others in a list. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Stack, Switch } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Monitor, Smartphone } from "lucide-react";

import { SettingsRow } from "@/components/SettingsRow";
import { SettingsSection } from "@/components/SettingsSection";
import type { PushBrowser, PushStanding } from "@/lib/api/types";
import { useMinuteMs } from "@/lib/clock";
import { deviceOf } from "@/lib/device";
import { Moment } from "@/lib/time";

import classes from "./PushSection.module.css";
import { type PushState, pushHereQuery, stateOf, usePush } from "./push";

export function PushSection({ standing }: { standing: PushStanding }) {
  const here = useQuery(pushHereQuery).data;
  const { turnOn, turnOff, isBusy } = usePush(standing);
  const current = standing.browsers.find((each) => each.current);
  const others = standing.browsers.filter((each) => !each.current);
  return (
    <SettingsSection
      title={<Trans>Push</Trans>}
      lead={
        <Trans>
          Tells you while Wireroom is closed, of what you ticked for push, that there is something new. It
          says neither who nor what, and leads there.
        </Trans>
      }
    >
      <Stack gap="lg">
        {here && (
          <ThisBrowser
            state={stateOf(here, standing)}
            isBusy={isBusy}
            onSwitch={(isOn) => (isOn ? turnOn() : current && turnOff(current.id))}
          />
        )}
        <Others browsers={others} onRemove={turnOff} />
      </Stack>
    </SettingsSection>
  );
}

interface ThisBrowserProps {
  state: PushState;
  isBusy: boolean;
  onSwitch: (isOn: boolean) => void;
}

function ThisBrowser({ state, isBusy, onSwitch }: ThisBrowserProps) {
  const { t } = useLingui();
  const words: Readonly<Record<PushState, string>> = {
    unsupported: t`This browser can't. On an iPhone or iPad, add Wireroom to the home screen and open it from there.`,
    blocked: t`You blocked notifications of this site. Allow them in the browser's settings for it.`,
    off: t`The browser asks you once whether it may.`,
    on: t`Until you sign out here.`,
  };
  return (
    <Switch
      label={t`Tell me in this browser`}
      description={words[state]}
      checked={state === "on"}
      disabled={isBusy || state === "unsupported" || state === "blocked"}
      onChange={(event) => onSwitch(event.currentTarget.checked)}
    />
  );
}

interface OthersProps {
  browsers: readonly PushBrowser[];
  onRemove: (id: string) => void;
}

function Others({ browsers, onRemove }: OthersProps) {
  const { t } = useLingui();
  const nowMs = useMinuteMs();
  if (browsers.length === 0) return null;
  return (
    <ul className={classes.list} aria-label={t`Other browsers that are told`}>
      {browsers.map(({ id, device, since }) => {
        const { name, isPhone } = deviceOf(device);
        const Icon = isPhone ? Smartphone : Monitor;
        return (
          <SettingsRow
            key={id}
            as="li"
            icon={<Icon size={20} aria-hidden />}
            title={name}
            action={
              <Button variant="default" onClick={() => onRemove(id)} aria-label={t`Stop telling ${name}`}>
                <Trans>Stop</Trans>
              </Button>
            }
          >
            <Trans>turned on</Trans> <Moment at={since} nowMs={nowMs} />
          </SettingsRow>
        );
      })}
    </ul>
  );
}
