/** Asks before somebody is let go: what happens then cannot be undone. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Stack } from "@mantine/core";

import { Dialog } from "@/components/Dialog";
import { Refusal } from "@/components/Refusal";
import type { Member } from "@/lib/api/types";
import { notifyDone } from "@/lib/notify";

import { memberName } from "../members/members";
import { Consequences } from "./Consequences";
import { useDecide } from "./useDecide";

interface Props {
  member: Member;
  onClose: () => void;
}

export function ApproveDialog({ member, onClose }: Props) {
  const { t } = useLingui();
  const { decide, isPending, error } = useDecide(member.user_id);
  const name = memberName(member);
  const approve = () =>
    void decide("approve").then(
      () => {
        notifyDone(t`${name} has left.`);
        onClose();
      },
      () => {
        // The dialog stays open and says why.
      },
    );
  return (
    <Dialog opened onClose={onClose} title={<Trans>Let {name} go?</Trans>}>
      <Stack gap="lg">
        <Refusal error={error} />
        <Consequences />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button onClick={approve} loading={isPending} data-autofocus>
            <Trans>Approve</Trans>
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
