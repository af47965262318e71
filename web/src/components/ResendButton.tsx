/** A button that may be pressed again only after a wait, and says how long that is. */

import { Trans } from "@lingui/react/macro";
import { Button, type ButtonProps } from "@mantine/core";
import { type ReactNode, useState } from "react";

import { minutesAndSeconds, secondsUntil, useNowMs } from "@/lib/clock";

interface Props extends ButtonProps {
  /** When the first press is allowed; milliseconds since the epoch. */
  availableAtMs: number;
  /** How long after each press the next is allowed. */
  pauseS: number;
  onPress: () => void;
  children: ReactNode;
}

export function ResendButton({ availableAtMs, pauseS, onPress, children, ...rest }: Props) {
  const nowMs = useNowMs();
  const [pressedUntilMs, setPressedUntilMs] = useState(0);
  const left = secondsUntil(Math.max(availableAtMs, pressedUntilMs), nowMs);
  const clock = minutesAndSeconds(left);
  const press = () => {
    setPressedUntilMs(Date.now() + pauseS * 1000);
    onPress();
  };
  return (
    <Button variant="default" {...rest} onClick={press} disabled={left > 0} className="tabular">
      {left > 0 ? <Trans>Send again in {clock}</Trans> : children}
    </Button>
  );
}
