/** Ten other backup codes; those before them are no good any more. */

import { Trans } from "@lingui/react/macro";
import { Text } from "@mantine/core";
import { useState } from "react";

import { Dialog } from "@/components/Dialog";
import { api } from "@/lib/api/client";
import { useMe } from "@/lib/session";

import { ProofDialog } from "../proof/ProofDialog";
import { useSecurityChanged } from "../useSecurityChanged";
import { BackupCodes } from "./BackupCodes";

interface Props {
  opened: boolean;
  onClose: () => void;
}

export function NewBackupCodesDialog({ opened, onClose }: Props) {
  const { user } = useMe();
  const securityChanged = useSecurityChanged();
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const renew = api.useMutation("post", "/me/backup-codes", {
    onSuccess: ({ backup_codes }) => {
      setCodes(backup_codes);
      void securityChanged();
    },
  });
  const done = () => setCodes(null);
  return (
    <>
      <ProofDialog
        opened={opened}
        onClose={onClose}
        title={<Trans>Make new backup codes?</Trans>}
        action={<Trans>Make new codes</Trans>}
        run={(proof) => renew.mutateAsync({ body: { proof } })}
      >
        <Text>
          <Trans>The codes you have now stop working.</Trans>
        </Text>
      </ProofDialog>
      <Dialog
        opened={codes !== null}
        onClose={done}
        withCloseButton={false}
        closeOnEscape={false}
        closeOnClickOutside={false}
        title={<Trans>Your new backup codes</Trans>}
      >
        <BackupCodes codes={codes ?? []} email={user.email} onDone={done} />
      </Dialog>
    </>
  );
}
