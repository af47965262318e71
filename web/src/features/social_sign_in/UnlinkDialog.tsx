/** Stop a provider from signing the person in. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";

import { ProofDialog } from "@/features/identity/proof/ProofDialog";
import { useSecurityChanged } from "@/features/identity/useSecurityChanged";
import { api } from "@/lib/api/client";
import { notifyDone } from "@/lib/notify";

import { loginsQuery } from "./loginsQuery";

interface Props {
  id: string;
  name: string;
  opened: boolean;
  onClose: () => void;
}

export function UnlinkDialog({ id, name, opened, onClose }: Props) {
  const { t } = useLingui();
  const queryClient = useQueryClient();
  const securityChanged = useSecurityChanged();
  const unlink = api.useMutation("post", "/me/logins/{provider}/off", {
    onSuccess: () => {
      notifyDone(t`${name} is unlinked.`);
      return Promise.all([queryClient.invalidateQueries(loginsQuery), securityChanged()]);
    },
  });
  const params = { path: { provider: id } };
  return (
    <ProofDialog
      opened={opened}
      onClose={onClose}
      title={<Trans>Unlink {name}?</Trans>}
      action={<Trans>Unlink</Trans>}
      isDangerous
      run={(proof) => unlink.mutateAsync({ params, body: { proof } })}
    >
      <Text>
        <Trans>It can no longer sign you in. Your other ways in stay.</Trans>
      </Text>
    </ProofDialog>
  );
}
