/** How many of the extra accounts that are paid a seat covers. */

import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Stack, Text } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";

import { Dialog } from "@/components/Dialog";
import { Refusal } from "@/components/Refusal";
import { Stepper } from "@/components/Stepper";
import { billingQuery, useSeats } from "@/features/seats/seats";
import type { Seat } from "@/lib/api/types";
import { notifyDone } from "@/lib/notify";
import { useWorkspace } from "@/lib/session";

import { extrasLeft } from "./extras";
import { useSetExtraAccounts } from "./seatChanges";

export function ExtraAccountsDialog({ seat, onClose }: { seat: Seat; onClose: () => void }) {
  return (
    <Dialog opened onClose={onClose} title={<Trans>Extra accounts on this seat</Trans>}>
      <ExtraForm seat={seat} onClose={onClose} />
    </Dialog>
  );
}

function ExtraForm({ seat, onClose }: { seat: Seat; onClose: () => void }) {
  const { t } = useLingui();
  const billing = useQuery(billingQuery(useWorkspace().id)).data;
  const seats = useSeats().data?.seats ?? [];
  const most = extrasLeft(seat, seats, billing?.subscriptions ?? []);
  const [count, setCount] = useState(seat.extra_accounts);
  const set = useSetExtraAccounts(seat.id);
  const attempt = useMutation({
    mutationFn: set,
    onSuccess: () => {
      notifyDone(t`The seat covers ${5 + count} accounts.`);
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    attempt.mutate(count);
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="lg">
        <Refusal error={attempt.error} />
        <Text size="sm" c="dimmed">
          <Trans>A seat covers 5 Telegram accounts.</Trans>{" "}
          <Plural
            value={most}
            _0="No extra account that is paid is left for it; buy some above."
            one="# extra account that is paid can stand on it."
            other="# extra accounts that are paid can stand on it."
          />
        </Text>
        <Stepper label={t`Extra accounts`} value={count} most={most} onChange={setCount} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button type="submit" disabled={count === seat.extra_accounts} loading={attempt.isPending}>
            <Trans>Save</Trans>
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
