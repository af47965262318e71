/** Asks once before somebody loses their seat. */

import { Trans, useLingui } from "@lingui/react/macro";
import { List } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";

import { ConfirmDialog } from "@/components/ConfirmDialog";
import { memberName, useMembers } from "@/features/workspaces/members/members";
import type { Seat } from "@/lib/api/types";
import { notifyDone } from "@/lib/notify";
import { problemText } from "@/lib/problemText";

import { useFreeSeat } from "./seatChanges";

export function FreeSeatDialog({ seat, onClose }: { seat: Seat; onClose: () => void }) {
  const { t } = useLingui();
  const member = useMembers().data?.members.find((each) => each.user_id === seat.user_id);
  const name = member ? memberName(member) : t`this person`;
  const free = useFreeSeat(seat.id);
  const attempt = useMutation({
    mutationFn: free,
    onSuccess: () => {
      notifyDone(t`The seat is free.`);
      onClose();
    },
  });
  return (
    <ConfirmDialog
      title={t`Free the seat of ${name}?`}
      action={t`Free the seat`}
      isBusy={attempt.isPending}
      problem={attempt.error && problemText(attempt.error)}
      onConfirm={() => attempt.mutate()}
      onClose={onClose}
    >
      <List spacing="xs" size="sm">
        <List.Item>
          <Trans>{name} stays a member and can read and export.</Trans>
        </List.Item>
        <List.Item>
          <Trans>Their Telegram accounts are suspended; sessions are kept for 30 days.</Trans>
        </List.Item>
        <List.Item>
          <Trans>The seat can be given to somebody else at once.</Trans>
        </List.Item>
      </List>
    </ConfirmDialog>
  );
}
