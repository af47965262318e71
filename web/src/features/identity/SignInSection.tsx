/** What the person signs in with: address and password. */

import { Trans } from "@lingui/react/macro";
import { Button, Group } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";

import { SettingsRow } from "@/components/SettingsRow";
import { SettingsSection } from "@/components/SettingsSection";
import { useMe } from "@/lib/session";

import { ChangeEmailDialog } from "./ChangeEmailDialog";
import { ChangePasswordDialog } from "./ChangePasswordDialog";
import { MailState } from "./MailState";

export function SignInSection() {
  const { user } = useMe();
  const [isChangingEmail, email] = useDisclosure(false);
  const [isChangingPassword, password] = useDisclosure(false);
  return (
    <SettingsSection title={<Trans>Signing in</Trans>}>
      <div>
        <SettingsRow
          title={<Trans>E-mail address</Trans>}
          action={
            <Button variant="default" onClick={email.open}>
              <Trans>Change e-mail address</Trans>
            </Button>
          }
        >
          <Group gap="sm" mt={2}>
            {user.email}
            <MailState isVerified={user.email_verified} />
          </Group>
        </SettingsRow>
        <SettingsRow
          title={<Trans>Password</Trans>}
          action={
            <Button variant="default" onClick={password.open}>
              {user.has_password ? <Trans>Change password</Trans> : <Trans>Set a password</Trans>}
            </Button>
          }
        >
          {user.has_password ? (
            <Trans>Changing it signs you out everywhere else.</Trans>
          ) : (
            <Trans>You have none: you sign in with a provider. A password is a second way in.</Trans>
          )}
        </SettingsRow>
      </div>
      <ChangeEmailDialog opened={isChangingEmail} onClose={email.close} />
      <ChangePasswordDialog opened={isChangingPassword} onClose={password.close} />
    </SettingsSection>
  );
}
