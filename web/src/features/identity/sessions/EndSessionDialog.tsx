/** Sign one device out. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Text } from "@mantine/core";

import { api } from "@/lib/api/client";
import type { Session } from "@/lib/api/types";
import { notifyDone } from "@/lib/notify";

import { ProofDialog } from "../proof/ProofDialog";
import { useSecurityChanged } from "../useSecurityChanged";

interface Props {
  session: Session;
  name: string;
  opened: boolean;
  onClose: () => void;
}

export function EndSessionDialog({ session, name, opened, onClose }: Props) {
  const { t } = useLingui();
  const securityChanged = useSecurityChanged();
  const end = api.useMutation("post", "/me/sessions/{session_id}/end", {
    onSuccess: () => {
      notifyDone(t`Signed out.`);
      return securityChanged();
    },
  });
  const params = { path: { session_id: session.id } };
  return (
    <ProofDialog
      opened={opened}
      onClose={onClose}
      title={<Trans>Sign out {name}?</Trans>}
      action={<Trans>Sign out</Trans>}
      isDangerous
      run={(proof) => end.mutateAsync({ params, body: { proof } })}
    >
      <Text>
        <Trans>Pages that are open there close within seconds. Telegram accounts stay connected.</Trans>
      </Text>
    </ProofDialog>
  );
}
