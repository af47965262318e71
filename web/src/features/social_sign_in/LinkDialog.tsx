/** Before somebody goes to a provider to link it: proof that it is them. */

import { Trans } from "@lingui/react/macro";
import { Text } from "@mantine/core";

import { ProofDialog } from "@/features/identity/proof/ProofDialog";
import { api } from "@/lib/api/client";

interface Props {
  id: string;
  name: string;
  opened: boolean;
  onClose: () => void;
}

export function LinkDialog({ id, name, opened, onClose }: Props) {
  const begin = api.useMutation("post", "/me/logins/{provider}", {
    onSuccess: ({ url }) => window.location.assign(url),
  });
  const params = { path: { provider: id } };
  return (
    <ProofDialog
      opened={opened}
      onClose={onClose}
      title={<Trans>Link {name}</Trans>}
      action={<Trans>Continue to {name}</Trans>}
      run={(proof) => begin.mutateAsync({ params, body: { proof } })}
    >
      <Text>
        <Trans>You go to {name} and come back. From then on it can sign you in.</Trans>
      </Text>
    </ProofDialog>
  );
}
