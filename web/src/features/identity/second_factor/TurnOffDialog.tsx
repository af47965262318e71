/** Turn two-step verification off. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Text } from "@mantine/core";

import { api } from "@/lib/api/client";
import { notifyDone } from "@/lib/notify";

import { ProofDialog } from "../proof/ProofDialog";
import { useSecurityChanged } from "../useSecurityChanged";

interface Props {
  opened: boolean;
  onClose: () => void;
}

export function TurnOffDialog({ opened, onClose }: Props) {
  const { t } = useLingui();
  const securityChanged = useSecurityChanged();
  const turnOff = api.useMutation("post", "/me/second-factor/off", {
    onSuccess: () => {
      notifyDone(t`Two-step verification is off.`);
      return securityChanged();
    },
  });
  return (
    <ProofDialog
      opened={opened}
      onClose={onClose}
      title={<Trans>Turn off two-step verification?</Trans>}
      action={<Trans>Turn off</Trans>}
      isDangerous
      run={(proof) => turnOff.mutateAsync({ body: { proof } })}
    >
      <Text>
        <Trans>
          Your password alone then lets you in. Backup codes become useless, other devices are signed out, and
          workspaces that demand two-step verification close to you.
        </Trans>
      </Text>
    </ProofDialog>
  );
}
