/** What ends things for good: everything of one's own disconnected, or the account gone. */

import { Trans } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";

import { SettingsRow } from "@/components/SettingsRow";
import { SettingsSection } from "@/components/SettingsSection";

import { DeleteAccountDialog } from "./DeleteAccountDialog";
import { HardResetDialog } from "./HardResetDialog";

export function DangerZone() {
  const [isResetting, reset] = useDisclosure(false);
  const [isDeleting, deletion] = useDisclosure(false);
  return (
    <SettingsSection title={<Trans>Danger zone</Trans>}>
      <div>
        <SettingsRow
          title={<Trans>Disconnect everything</Trans>}
          action={
            <Button variant="outline" color="red" onClick={reset.open}>
              <Trans>Disconnect everything</Trans>
            </Button>
          }
        >
          <Trans>
            For a lost phone or laptop: your Telegram accounts are disconnected in every workspace, and you
            are signed out everywhere.
          </Trans>
        </SettingsRow>
        <SettingsRow
          title={<Trans>Delete my account</Trans>}
          action={
            <Button variant="outline" color="red" onClick={deletion.open}>
              <Trans>Delete my account</Trans>
            </Button>
          }
        >
          <Trans>You have seven days to take it back, unless you have it erased now.</Trans>
        </SettingsRow>
      </div>
      <HardResetDialog opened={isResetting} onClose={reset.close} />
      <DeleteAccountDialog opened={isDeleting} onClose={deletion.close} />
    </SettingsSection>
  );
}
