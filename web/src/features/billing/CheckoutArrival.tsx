/** Back from the payment provider's page: says what becomes of it, until the plan shows what was bought. */

import { Trans } from "@lingui/react/macro";
import { Alert, Button, Loader, Stack, Text } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { CircleCheck, Clock, Undo2 } from "lucide-react";
import { useEffect, useState } from "react";

import { billingQuery, billsQuery, seatsQuery } from "@/features/seats/seats";
import { useNowMs } from "@/lib/clock";
import { useWorkspace, workspaceQuery } from "@/lib/session";

import { type Arrival, ASK_EVERY_MS, arrivalOf, type CheckoutReturn, rememberedBuying } from "./arrival";

interface Props {
  came: CheckoutReturn;
  onSeen: () => void;
}

export function CheckoutArrival({ came, onSeen }: Props) {
  return came === "left" ? <Left onSeen={onSeen} /> : <Paid onSeen={onSeen} />;
}

function Left({ onSeen }: { onSeen: () => void }) {
  return (
    <Alert
      color="gray"
      role="status"
      icon={<Undo2 size={18} aria-hidden />}
      title={<Trans>Nothing was bought</Trans>}
    >
      <Stack gap="sm" align="flex-start">
        <Text size="sm">
          <Trans>You left the payment page before paying. What you chose can be chosen again below.</Trans>
        </Text>
        <SeenButton onSeen={onSeen} />
      </Stack>
    </Alert>
  );
}

function Paid({ onSeen }: { onSeen: () => void }) {
  const arrival = useArrival();
  switch (arrival) {
    case "arrived":
      return (
        <Alert
          color="green"
          role="status"
          icon={<CircleCheck size={18} aria-hidden />}
          title={<Trans>Paid. The seats are there.</Trans>}
        >
          <Stack gap="sm" align="flex-start">
            <Text size="sm">
              <Trans>Take one yourself below, give them to your team, or invite people into them.</Trans>
            </Text>
            <SeenButton onSeen={onSeen} />
          </Stack>
        </Alert>
      );
    case "late":
      return (
        <Alert
          color="yellow"
          role="status"
          icon={<Clock size={18} aria-hidden />}
          title={<Trans>This takes longer than usual</Trans>}
        >
          <Stack gap="sm" align="flex-start">
            <Text size="sm">
              <Trans>
                Your payment is safe with the payment provider; its message has not reached us yet. You need
                not wait: the seats come by themselves, at the latest within a day.
              </Trans>
            </Text>
            <SeenButton onSeen={onSeen} />
          </Stack>
        </Alert>
      );
    case "waiting":
      return (
        <Alert
          color="brand"
          role="status"
          icon={<Loader size={18} />}
          title={<Trans>Getting your seats ready…</Trans>}
        >
          <Text size="sm">
            <Trans>The payment provider is telling us what was paid. That takes a moment.</Trans>
          </Text>
        </Alert>
      );
  }
}

function SeenButton({ onSeen }: { onSeen: () => void }) {
  return (
    <Button size="compact-sm" variant="default" onClick={onSeen}>
      <Trans>Close this note</Trans>
    </Button>
  );
}

/** Asks for the plan until it is filled; what hangs on it is read anew then. */
function useArrival(): Arrival {
  const { id } = useWorkspace();
  const client = useQueryClient();
  const nowMs = useNowMs();
  const [sinceMs] = useState(() => Date.now());
  const [bought] = useState(() => rememberedBuying(id));
  const billing = useQuery({
    ...billingQuery(id),
    staleTime: 0,
    refetchInterval: ({ state }) => (arrivalOf(state.data, bought, 0) === "arrived" ? false : ASK_EVERY_MS),
  });
  const arrival = arrivalOf(billing.data, bought, nowMs - sinceMs);
  const hasArrived = arrival === "arrived";
  useEffect(() => {
    if (!hasArrived) return;
    for (const { queryKey } of [seatsQuery(id), billsQuery(id), workspaceQuery(id)])
      void client.invalidateQueries({ queryKey });
  }, [hasArrived, id, client]);
  return arrival;
}
