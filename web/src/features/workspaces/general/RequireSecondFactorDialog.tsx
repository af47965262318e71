/** Asks before a second factor is asked of everybody: who has none is shut out until they set one up. */

import { Plural, Trans } from "@lingui/react/macro";
import { Button, Group, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";

import { Dialog } from "@/components/Dialog";
import { Refusal } from "@/components/Refusal";
import { TextLink } from "@/components/TextLink";
import { ApiError } from "@/lib/api/errors";
import { useWorkspace } from "@/lib/session";

import { useMembers } from "../members/members";
import { useChangeToggle } from "./useSwitchToggle";

export function RequireSecondFactorDialog({ onClose }: { onClose: () => void }) {
  const change = useChangeToggle("require_second_factor");
  const require = useMutation({ mutationFn: () => change(true), onSuccess: onClose });
  return (
    <Dialog opened onClose={onClose} title={<Trans>Require two-step verification?</Trans>}>
      <Stack gap="lg">
        <Refusal error={require.error} />
        {isOwnMissing(require.error) && <SetUpOwn />}
        <Text>
          <WhoIsShut />
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button onClick={() => require.mutate()} loading={require.isPending} data-autofocus>
            <Trans>Require it</Trans>
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

/** Whoever asks it of everybody has to have signed in with a second factor themselves. */
function isOwnMissing(error: unknown): boolean {
  return error instanceof ApiError && error.code === "own-second-factor-first";
}

function SetUpOwn() {
  const ws = useWorkspace().id;
  return (
    <Text size="sm">
      <TextLink to="/w/$ws/settings/security" params={{ ws }} underline="always">
        <Trans>Set up your own first</Trans>
      </TextLink>
    </Text>
  );
}

function WhoIsShut() {
  const members = useMembers().data?.members ?? [];
  const lacking = members.filter((each) => each.has_second_factor === false).length;
  if (lacking === 0) return <Trans>Everybody here uses it already.</Trans>;
  return (
    <Plural
      value={lacking}
      one="# person here does not use it yet, and is shut out until they set it up."
      other="# people here do not use it yet, and are shut out until they set it up."
    />
  );
}
