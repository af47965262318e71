/** Sign out everywhere but here. */

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

export function EndOthersDialog({ opened, onClose }: Props) {
  const { t } = useLingui();
  const securityChanged = useSecurityChanged();
  const end = api.useMutation("post", "/me/sessions/end", {
    onSuccess: () => {
      notifyDone(t`Signed out everywhere else.`);
      return securityChanged();
    },
  });
  return (
    <ProofDialog
      opened={opened}
      onClose={onClose}
      title={<Trans>Sign out everywhere else?</Trans>}
      action={<Trans>Sign out everywhere else</Trans>}
      isDangerous
      run={(proof) => end.mutateAsync({ body: { proof } })}
    >
      <Text>
        <Trans>You stay signed in here. Telegram accounts stay connected.</Trans>
      </Text>
    </ProofDialog>
  );
}
