/** Connect a Telegram account: by QR code or by phone number, then the cloud password when there is one. */

import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Alert, Checkbox, Stack, Tabs, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { CloudOff, QrCode, Smartphone } from "lucide-react";
import type { ReactNode } from "react";

import { Dialog } from "@/components/Dialog";
import { EmptyState, ErrorState } from "@/components/StateBlock";
import { isTrialSpent, lackTold } from "@/features/seats/lack";
import { UnpaidBlock } from "@/features/seats/Unpaid";
import { PlansButton } from "@/features/seats/WhoPays";
import type { ApiError } from "@/lib/api/errors";
import type { Account } from "@/lib/api/types";
import { useMe, useWorkspace, workspaceQuery } from "@/lib/session";
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
  const unpaid = useUnpaid(login);
  if (unpaid) return unpaid;
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

/** What no seat pays for can't be connected: before the first step where that is known, else once it is refused. */
function useUnpaid({ step, refusal }: Login): ReactNode {
  const workspace = useQuery(workspaceQuery(useWorkspace().id)).data;
  const refused = step.name === "failed" ? step.problem : refusal;
  if (refused?.code === "account-limit-reached") return <LimitReached refusal={refused} />;
  const lack = lackTold(refused) ?? (workspace && isTrialSpent(workspace) ? "trial-over" : null);
  return lack && step.name !== "done" ? <UnpaidBlock lack={lack} /> : null;
}

function LimitReached({ refusal }: { refusal: ApiError }) {
  const most = (refusal.standing as { accounts?: number } | undefined)?.accounts ?? 0;
  return (
    <EmptyState
      icon={Smartphone}
      title={
        <Plural
          value={most}
          one="The # account that is paid is in use"
          other="All # accounts that are paid are in use"
        />
      }
      action={<PlansButton />}
    >
      <Trans>Disconnect one that is no longer needed, or have an extra account put on the seat.</Trans>
    </EmptyState>
  );
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
