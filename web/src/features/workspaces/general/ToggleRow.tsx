/** One switch with what it changes; a word in its place for those who may not switch it. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Badge, Switch, Text } from "@mantine/core";
import { type ReactNode, useId, useState } from "react";

import type { Toggle } from "@/lib/api/types";

import { toggleWords } from "../permissionWords";
import { RequireSecondFactorDialog } from "./RequireSecondFactorDialog";
import classes from "./Toggles.module.css";
import { useSwitchToggle } from "./useSwitchToggle";

interface Props {
  toggle: Toggle;
  isOn: boolean;
  mayChange: boolean;
  /** What else keeps it from having an effect. */
  note: ReactNode;
}

export function ToggleRow({ toggle, isOn, mayChange, note }: Props) {
  const { i18n } = useLingui();
  const id = useId();
  const { title, consequence } = toggleWords[toggle];
  return (
    <div className={classes.row}>
      <div className={classes.words}>
        {mayChange ? (
          <Text component="label" htmlFor={id} fw={500}>
            {i18n._(title)}
          </Text>
        ) : (
          <Text fw={500}>{i18n._(title)}</Text>
        )}
        <Text size="sm" c="dimmed" id={`${id}-text`}>
          {i18n._(consequence)} {note}
        </Text>
      </div>
      {mayChange ? <Switcher id={id} toggle={toggle} isOn={isOn} /> : <Standing isOn={isOn} />}
    </div>
  );
}

function Standing({ isOn }: { isOn: boolean }) {
  return (
    <Badge variant="light" color={isOn ? "green" : "gray"} flex="none">
      {isOn ? <Trans>On</Trans> : <Trans>Off</Trans>}
    </Badge>
  );
}

/** Asking everybody for a second factor shuts people out, so that is asked first. */
function Switcher({ id, toggle, isOn }: { id: string; toggle: Toggle; isOn: boolean }) {
  const [isAsking, setAsking] = useState(false);
  const switchTo = useSwitchToggle(toggle);
  const change = (next: boolean) => {
    if (toggle === "require_second_factor" && next) setAsking(true);
    else switchTo(next);
  };
  return (
    <>
      <Switch
        id={id}
        size="md"
        className={classes.switch}
        aria-describedby={`${id}-text`}
        checked={isOn}
        onChange={(event) => change(event.currentTarget.checked)}
      />
      {isAsking && <RequireSecondFactorDialog onClose={() => setAsking(false)} />}
    </>
  );
}
