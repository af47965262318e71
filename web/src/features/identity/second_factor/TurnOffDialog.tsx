/** Turn two-step verification off. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";

import { api } from "@/lib/api/client";
import { notifyDone } from "@/lib/notify";
import { meQuery } from "@/lib/session";

import { ProofDialog } from "../proof/ProofDialog";
import { sessionsQuery } from "../sessions/sessionsQuery";

interface Props {
  opened: boolean;
  onClose: () => void;
}

export function TurnOffDialog({ opened, onClose }: Props) {
  const { t } = useLingui();
  const queryClient = useQueryClient();
  const turnOff = api.useMutation("post", "/me/second-factor/off", {
    onSuccess: () => {
      void queryClient.invalidateQueries(meQuery);
      void queryClient.invalidateQueries(sessionsQuery);
      notifyDone(t`Two-step verification is off.`);
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
