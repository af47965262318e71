/** Delete one's own account: with seven days to take it back, or now. */

import { Trans } from "@lingui/react/macro";
import { Alert, Checkbox, List, Stack, Text } from "@mantine/core";
import { TriangleAlert } from "lucide-react";
import { useState } from "react";

import { TextLink } from "@/components/TextLink";
import { ProofDialog } from "@/features/identity/proof/ProofDialog";
import { api } from "@/lib/api/client";
import { useMe } from "@/lib/session";

import { type OwnedWorkspace, ownedAlone } from "./ownedAlone";
import { useLeave } from "./useLeave";

interface Props {
  opened: boolean;
  onClose: () => void;
}

export function DeleteAccountDialog({ opened, onClose }: Props) {
  const { user } = useMe();
  const [isNow, setNow] = useState(false);
  const leave = useLeave();
  const remove = api.useMutation("post", "/me/deletion", {
    onSuccess: ({ can_undo }) => leave(can_undo ? "deleted" : "erased"),
  });
  const close = () => {
    setNow(false);
    onClose();
  };
  return (
    <ProofDialog
      opened={opened}
      onClose={close}
      title={<Trans>Delete your account?</Trans>}
      action={isNow ? <Trans>Erase my account now</Trans> : <Trans>Delete my account</Trans>}
      isDangerous
      typed={user.username}
      refusal={(error) => {
        const workspaces = ownedAlone(error);
        return workspaces && <OnlyOwner workspaces={workspaces} onLeave={close} />;
      }}
      run={(proof) => remove.mutateAsync({ body: { proof, now: isNow } })}
    >
      <Consequences />
      <Checkbox
        label={<Trans>Erase it now, with no way back</Trans>}
        description={
          <Trans>Otherwise a mailed link takes it back for seven days; until then nobody reaches it.</Trans>
        }
        checked={isNow}
        onChange={(event) => setNow(event.currentTarget.checked)}
      />
    </ProofDialog>
  );
}

function Consequences() {
  return (
    <List spacing="xs" size="sm">
      <List.Item>
        <Trans>You leave every workspace, and your Telegram accounts are disconnected.</Trans>
      </List.Item>
      <List.Item>
        <Trans>Workspaces where you are alone go with it.</Trans>
      </List.Item>
      <List.Item>
        <Trans>What you shared with others, such as values and comments, stays theirs.</Trans>
      </List.Item>
    </List>
  );
}

/** The one refusal that asks for something to be done elsewhere first. */
function OnlyOwner({ workspaces, onLeave }: { workspaces: readonly OwnedWorkspace[]; onLeave: () => void }) {
  return (
    <Alert color="red" role="alert" icon={<TriangleAlert size={18} aria-hidden />}>
      <Stack gap="sm">
        <Text size="sm">
          <Trans>You are the only owner of these workspaces. Make somebody else an owner there first:</Trans>
        </Text>
        <List size="sm">
          {workspaces.map(({ id, name }) => (
            <List.Item key={id}>
              <TextLink
                to="/w/$ws/settings/members"
                params={{ ws: id }}
                onClick={onLeave}
                underline="always"
                c="inherit"
              >
                {name}
              </TextLink>
            </List.Item>
          ))}
        </List>
      </Stack>
    </Alert>
  );
}
