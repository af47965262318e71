/** Give a free seat to a member who has none. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Radio, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";

import { Dialog } from "@/components/Dialog";
import { Refusal } from "@/components/Refusal";
import { paidSeatOf, useSeats } from "@/features/seats/seats";
import { memberName, useMembers } from "@/features/workspaces/members/members";
import type { Seat } from "@/lib/api/types";
import { notifyDone } from "@/lib/notify";

import { useAssignSeat } from "./seatChanges";

export function AssignDialog({ seat, onClose }: { seat: Seat; onClose: () => void }) {
  return (
    <Dialog opened onClose={onClose} title={<Trans>Who gets this seat?</Trans>}>
      <AssignForm seat={seat} onClose={onClose} />
    </Dialog>
  );
}

function AssignForm({ seat, onClose }: { seat: Seat; onClose: () => void }) {
  const { t } = useLingui();
  const seatless = useSeatless();
  const [chosen, setChosen] = useState<string | null>(null);
  const assign = useAssignSeat(seat.id);
  const attempt = useMutation({
    mutationFn: assign,
    onSuccess: () => {
      notifyDone(t`The seat was given.`);
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (chosen !== null) attempt.mutate(chosen);
  };
  if (seatless.length === 0) {
    return (
      <Text>
        <Trans>Everybody has a seat already. Invite somebody into this one.</Trans>
      </Text>
    );
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="lg">
        <Refusal error={attempt.error} />
        <Radio.Group label={t`Members without a seat`} value={chosen} onChange={setChosen}>
          <Stack gap="sm" mt="sm">
            {seatless.map((member) => (
              <Radio
                key={member.user_id}
                value={member.user_id}
                label={memberName(member)}
                description={`@${member.username}`}
              />
            ))}
          </Stack>
        </Radio.Group>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button type="submit" disabled={chosen === null} loading={attempt.isPending}>
            <Trans>Give the seat</Trans>
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function useSeatless() {
  const seats = useSeats().data?.seats ?? [];
  const members = useMembers().data?.members ?? [];
  return members.filter((member) => !paidSeatOf(seats, member.user_id));
}
