/** Disconnect every Telegram account of one's own and sign out everywhere, here too. */

import { Trans } from "@lingui/react/macro";
import { List } from "@mantine/core";

import { ProofDialog } from "@/features/identity/proof/ProofDialog";
import { api } from "@/lib/api/client";
import { useMe } from "@/lib/session";

import { useLeave } from "./useLeave";

interface Props {
  opened: boolean;
  onClose: () => void;
}

export function HardResetDialog({ opened, onClose }: Props) {
  const { user } = useMe();
  const leave = useLeave();
  const reset = api.useMutation("post", "/me/hard-reset", { onSuccess: () => leave("reset") });
  return (
    <ProofDialog
      opened={opened}
      onClose={onClose}
      title={<Trans>Disconnect everything?</Trans>}
      action={<Trans>Disconnect everything</Trans>}
      isDangerous
      typed={user.username}
      run={(proof) => reset.mutateAsync({ body: { proof } })}
    >
      <List spacing="xs" size="sm">
        <List.Item>
          <Trans>Wireroom signs out at Telegram for each account you connected, in every workspace.</Trans>
        </List.Item>
        <List.Item>
          <Trans>You are signed out on every device, this one too.</Trans>
        </List.Item>
        <List.Item>
          <Trans>Columns, values and comments stay in their workspaces.</Trans>
        </List.Item>
      </List>
    </ProofDialog>
  );
}
