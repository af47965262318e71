/** What a change of seats costs now and from then on, before it is confirmed. */

import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Stack, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { Dialog } from "@/components/Dialog";
import { LoadingRows } from "@/components/StateBlock";
import { billingQuery, billsQuery, seatsQuery } from "@/features/seats/seats";
import { api } from "@/lib/api/client";
import { ApiError, isPassing } from "@/lib/api/errors";
import type { Order, Preview } from "@/lib/api/types";
import { notifyDone } from "@/lib/notify";
import { useWorkspace } from "@/lib/session";
import { exactTime } from "@/lib/time";
import { money } from "./money";
import { OrderRefusal } from "./OrderRefusal";
import classes from "./OrderSection.module.css";

interface Props {
  order: Order;
  /** What the order costs an interval, before tax. */
  sum: number;
  periodEnd: string | undefined;
  onClose: () => void;
}

export function PreviewDialog({ order, sum, periodEnd, onClose }: Props) {
  const { preview, isStale, confirm } = usePreview(order, onClose);
  return (
    <Dialog opened onClose={onClose} title={<Trans>What the change costs</Trans>} size={520}>
      <Stack gap="lg">
        <OrderRefusal error={isStale ? null : (confirm.error ?? preview.error)} onLeave={onClose} />
        {isStale && (
          <Text size="sm" role="status">
            <Trans>What it costs has changed since you looked. This is how it is now.</Trans>
          </Text>
        )}
        {preview.isFetching && <LoadingRows rows={3} height={32} />}
        {preview.data && !preview.isFetching && (
          <>
            <Now preview={preview.data} />
            <FromThenOn
              sum={money(sum, preview.data.currency)}
              interval={order.interval}
              periodEnd={periodEnd}
            />
          </>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            <Trans>Leave it as it is</Trans>
          </Button>
          <Button
            disabled={!preview.data || preview.isFetching}
            loading={confirm.isPending}
            onClick={confirm.run}
          >
            <Trans>Confirm the change</Trans>
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

function Now({ preview }: { preview: Preview }) {
  const { t } = useLingui();
  const { due_minor, tax_minor, lines, currency } = preview;
  return (
    <table className={classes.lines} aria-label={t`What is taken now`}>
      <tbody>
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a bill may have two lines of the same words.
          <tr key={index}>
            <th scope="row">{line.text}</th>
            <td>{money(line.amount_minor, currency)}</td>
          </tr>
        ))}
        {tax_minor !== 0 && (
          <tr>
            <th scope="row">
              <Trans>Tax</Trans>
            </th>
            <td>{money(tax_minor, currency)}</td>
          </tr>
        )}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{due_minor < 0 ? <Trans>Credited</Trans> : <Trans>Taken now</Trans>}</th>
          <td>{money(Math.abs(due_minor), currency)}</td>
        </tr>
      </tfoot>
    </table>
  );
}

function FromThenOn(props: { sum: string; interval: Order["interval"]; periodEnd: string | undefined }) {
  const { sum, interval, periodEnd } = props;
  const from = periodEnd && exactTime(periodEnd);
  return (
    <Text size="sm" c="dimmed">
      {from && <Trans>From {from} on:</Trans>}{" "}
      {interval === "month" ? (
        <Trans>{sum} a month before tax.</Trans>
      ) : (
        <Trans>{sum} a year before tax.</Trans>
      )}
    </Text>
  );
}

/** Looks once when it opens, and again where what was seen no longer holds. */
function usePreview(order: Order, onDone: () => void) {
  const { t } = useLingui();
  const client = useQueryClient();
  const workspaceId = useWorkspace().id;
  const params = { path: { workspace_id: workspaceId } };
  const [isStale, setStale] = useState(false);
  // A wish that got no answer is repeated under its key, one that was refused is made anew.
  const [key, setKey] = useState(() => crypto.randomUUID());
  const preview = api.useQuery(
    "post",
    "/workspaces/{workspace_id}/billing/preview",
    { params, body: order },
    { staleTime: 0, gcTime: 0, retry: false, refetchOnWindowFocus: false },
  );
  const change = api.useMutation("post", "/workspaces/{workspace_id}/billing/change", {
    onSuccess: (billing) => {
      client.setQueryData(billingQuery(workspaceId).queryKey, billing);
      for (const { queryKey } of [seatsQuery(workspaceId), billsQuery(workspaceId)])
        void client.invalidateQueries({ queryKey });
      notifyDone(t`The seats were changed.`);
      onDone();
    },
    onError: (error) => {
      const hasChanged = error instanceof ApiError && error.code === "preview-stale";
      setStale(hasChanged);
      if (!isPassing(error)) setKey(crypto.randomUUID());
      if (hasChanged) void preview.refetch();
    },
  });
  const run = () => {
    if (!preview.data) return;
    const { prorated_at, version } = preview.data;
    const header = { "Idempotency-Key": key };
    change.mutate({ params: { ...params, header }, body: { order, prorated_at, version } });
  };
  return { preview, isStale, confirm: { run, isPending: change.isPending, error: change.error } };
}
