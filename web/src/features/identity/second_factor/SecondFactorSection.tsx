/** Two-step verification: off or on, how many backup codes are left, and the way from one to the other. */

import { Trans } from "@lingui/react/macro";
import { Alert, Badge, Button, Group } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { KeyRound, ShieldCheck, Smartphone } from "lucide-react";

import { SettingsRow } from "@/components/SettingsRow";
import { SettingsSection } from "@/components/SettingsSection";
import { useMe } from "@/lib/session";

import { NewBackupCodesDialog } from "./NewBackupCodesDialog";
import { SetUpDialog } from "./SetUpDialog";
import { TurnOffDialog } from "./TurnOffDialog";

const FEW = 3;

export function SecondFactorSection() {
  const { user } = useMe();
  const [isSettingUp, setUp] = useDisclosure(false);
  const [isTurningOff, turnOff] = useDisclosure(false);
  const [isRenewing, renew] = useDisclosure(false);
  return (
    <SettingsSection
      title={
        <Group gap="sm">
          <Trans>Two-step verification</Trans>
          <Badge variant="light" color={user.second_factor ? "green" : "gray"}>
            {user.second_factor ? <Trans>On</Trans> : <Trans>Off</Trans>}
          </Badge>
        </Group>
      }
      lead={
        <Trans>A code from your phone, besides the password: who learns one still lacks the other.</Trans>
      }
      action={
        !user.second_factor && (
          <Button leftSection={<ShieldCheck size={16} aria-hidden />} onClick={setUp.open} flex="none">
            <Trans>Set up</Trans>
          </Button>
        )
      }
    >
      {user.second_factor && (
        <Standing codesLeft={user.backup_codes_left ?? 0} onTurnOff={turnOff.open} onRenew={renew.open} />
      )}
      <SetUpDialog opened={isSettingUp} onClose={setUp.close} />
      <TurnOffDialog opened={isTurningOff} onClose={turnOff.close} />
      <NewBackupCodesDialog opened={isRenewing} onClose={renew.close} />
    </SettingsSection>
  );
}

interface StandingProps {
  codesLeft: number;
  onTurnOff: () => void;
  onRenew: () => void;
}

function Standing({ codesLeft, onTurnOff, onRenew }: StandingProps) {
  return (
    <>
      {codesLeft <= FEW && <FewLeft codesLeft={codesLeft} />}
      <div>
        <SettingsRow
          icon={<Smartphone size={20} aria-hidden />}
          title={<Trans>Authenticator app</Trans>}
          action={
            <Button variant="default" onClick={onTurnOff}>
              <Trans>Turn off</Trans>
            </Button>
          }
        >
          <Trans>Asked for at each sign-in.</Trans>
        </SettingsRow>
        <SettingsRow
          icon={<KeyRound size={20} aria-hidden />}
          title={<Trans>Backup codes</Trans>}
          action={
            <Button variant="default" onClick={onRenew}>
              <Trans>Make new codes</Trans>
            </Button>
          }
        >
          <Trans>{codesLeft} of 10 left. Each lets you in once without the app.</Trans>
        </SettingsRow>
      </div>
    </>
  );
}

function FewLeft({ codesLeft }: { codesLeft: number }) {
  return (
    <Alert color="yellow" icon={<KeyRound size={18} aria-hidden />}>
      {codesLeft === 0 ? (
        <Trans>No backup codes are left. Make new ones, or a lost phone locks you out.</Trans>
      ) : (
        <Trans>Only {codesLeft} backup codes are left. Make new ones before they run out.</Trans>
      )}
    </Alert>
  );
}
