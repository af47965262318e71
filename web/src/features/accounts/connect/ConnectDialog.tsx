/** Connect a Telegram account: by QR code or by phone number, then the cloud password when there is one. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Alert, Checkbox, Stack, Tabs, Text } from "@mantine/core";
import { CloudOff, QrCode, Smartphone } from "lucide-react";

import { Dialog } from "@/components/Dialog";
import { ErrorState } from "@/components/StateBlock";
import type { Account } from "@/lib/api/types";
import { useMe } from "@/lib/session";
import { useLiveStatus } from "@/live/LiveProvider";

import { accountTitle } from "../accounts";
import { CodeStep } from "./CodeStep";
import { ConnectedStep } from "./ConnectedStep";
import type { Login, Method } from "./loginFlow";
import { PasswordStep } from "./PasswordStep";
import { PhoneStep } from "./PhoneStep";
import { QrStep } from "./QrStep";
import { type LoginActions, useLogin } from "./useLogin";

interface Props {
  opened: boolean;
  /** The account to connect again; null for a new one. */
  again: Account | null;
  onClose: () => void;
}

export function ConnectDialog({ opened, again, onClose }: Props) {
  const name = again && accountTitle(again);
  return (
    <Dialog
      opened={opened}
      onClose={onClose}
      size={480}
      closeOnClickOutside={false}
      title={name ? <Trans>Connect {name}</Trans> : <Trans>Connect a Telegram account</Trans>}
    >
      <LoginSteps />
    </Dialog>
  );
}

function LoginSteps() {
  const [login, actions] = useLogin();
  const { step } = login;
  if (step.name === "done") {
    return <ConnectedStep accountId={step.accountId} onAnother={actions.startOver} />;
  }
  if (step.name === "failed") return <ErrorState error={step.problem} onRetry={actions.startOver} />;
  if (step.name === "password") {
    return <PasswordStep hint={step.hint} refusal={login.refusal} actions={actions} />;
  }
  if (step.name === "code") return <CodeStep sent={step.sent} refusal={login.refusal} actions={actions} />;
  return <Start login={login} actions={actions} />;
}

function Start({ login, actions }: { login: Login; actions: LoginActions }) {
  const { t } = useLingui();
  const isOffline = useLiveStatus() === "offline";
  const { user } = useMe();
  if (!user.email_verified) {
    return (
      <Text>
        <Trans>Confirm your e-mail address first, with the link in the mail we sent you.</Trans>
      </Text>
    );
  }
  return (
    <Stack gap="lg">
      {isOffline && (
        <Alert color="yellow" icon={<CloudOff size={18} />} role="status">
          <Trans>No live connection to Wireroom. Trying again…</Trans>
        </Alert>
      )}
      <Checkbox
        checked={login.isOwned}
        onChange={(event) => actions.own(event.currentTarget.checked)}
        label={t`This account is mine to use`}
        description={t`Wireroom opens a session like Telegram Desktop. You can end it here or in Telegram at any time.`}
        data-autofocus
      />
      <Tabs value={login.method} onChange={(method) => actions.choose(method as Method)} keepMounted={false}>
        <Tabs.List grow>
          <Tabs.Tab value="qr" leftSection={<QrCode size={16} />}>
            <Trans>QR code</Trans>
          </Tabs.Tab>
          <Tabs.Tab value="phone" leftSection={<Smartphone size={16} />}>
            <Trans>Phone number</Trans>
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="qr" pt="lg">
          <QrStep
            code={login.step.name === "qr" ? login.step.code : null}
            isOwned={login.isOwned}
            onRenew={actions.startOver}
          />
        </Tabs.Panel>
        <Tabs.Panel value="phone" pt="lg">
          <PhoneStep isOwned={login.isOwned} refusal={login.refusal} onSend={actions.sendPhone} />
        </Tabs.Panel>
      </Tabs>
      <Text size="xs" c="dimmed">
        <Trans>Codes and passwords go straight to Telegram. Wireroom never stores them.</Trans>
      </Text>
    </Stack>
  );
}
