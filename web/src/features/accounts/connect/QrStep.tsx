/** Scan a QR code with the phone. The gateway renews it before it expires. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, List, Loader, Text } from "@mantine/core";

import { QrCode } from "@/components/QrCode";
import { minutesAndSeconds, secondsUntil, useNowMs } from "@/lib/clock";

import { DemoPhoneLink } from "./DemoPhoneLink";
import classes from "./QrStep.module.css";

const SIZE_PX = 220;
/** A renewed code may be a moment late; only then does the person have to do something. */
const GRACE_MS = 4000;

interface Code {
  url: string;
  expiresAtMs: number;
}

interface Props {
  code: Code | null;
  isOwned: boolean;
  onRenew: () => void;
}

export function QrStep({ code, isOwned, onRenew }: Props) {
  return (
    <div className={classes.step}>
      <div className={classes.frame}>
        <Picture code={code} isOwned={isOwned} onRenew={onRenew} />
      </div>
      <List type="ordered" size="sm" spacing="sm" className={classes.how}>
        <List.Item>
          <Trans>Open Telegram on your phone.</Trans>
        </List.Item>
        <List.Item>
          <Trans>
            Go to <b>Settings</b>, <b>Devices</b>, <b>Link Desktop Device</b>.
          </Trans>
        </List.Item>
        <List.Item>
          <Trans>Point the phone at this code.</Trans>
        </List.Item>
      </List>
      {code && <Countdown code={code} />}
    </div>
  );
}

function Picture({ code, isOwned, onRenew }: Props) {
  const { t } = useLingui();
  const nowMs = useNowMs();
  if (!isOwned) {
    return (
      <Text size="sm" className={classes.note}>
        <Trans>Tick the box above to see the code.</Trans>
      </Text>
    );
  }
  if (code === null) return <Loader size="sm" color="dark.7" />;
  if (nowMs > code.expiresAtMs + GRACE_MS) {
    return (
      <Button variant="default" onClick={onRenew}>
        <Trans>Show a new code</Trans>
      </Button>
    );
  }
  return <QrCode text={code.url} size={SIZE_PX} label={t`QR code to scan with Telegram`} />;
}

function Countdown({ code }: { code: Code }) {
  const nowMs = useNowMs();
  const left = minutesAndSeconds(secondsUntil(code.expiresAtMs, nowMs));
  return (
    <div className={classes.below}>
      <Text size="xs" c="dimmed" className="tabular">
        <Trans>New code in {left}</Trans>
      </Text>
      <DemoPhoneLink approve={code.url} />
    </div>
  );
}
