/** Asks once before a subscription is ended with its period. */

import { Trans, useLingui } from "@lingui/react/macro";
import { List } from "@mantine/core";

import { ConfirmDialog } from "@/components/ConfirmDialog";
import type { Subscription } from "@/lib/api/types";
import { exactTime } from "@/lib/time";

import { useEnding } from "./useEnding";

export function CancelDialog(props: { subscription: Subscription; onClose: () => void }) {
  const { subscription, onClose } = props;
  const { t } = useLingui();
  const cancellation = useEnding("cancellation", subscription.interval);
  const end = exactTime(subscription.period_end);
  return (
    <ConfirmDialog
      title={t`Cancel the subscription?`}
      action={t`End with the period`}
      isBusy={cancellation.isPending}
      onConfirm={() => cancellation.run(onClose)}
      onClose={onClose}
    >
      <List spacing="xs" size="sm">
        <List.Item>
          <Trans>Its seats stay paid until {end}.</Trans>
        </List.Item>
        <List.Item>
          <Trans>
            Then they expire: people without a seat read and export, their Telegram accounts are suspended.
          </Trans>
        </List.Item>
        <List.Item>
          <Trans>Nothing is deleted. Until that day you can take this back.</Trans>
        </List.Item>
      </List>
    </ConfirmDialog>
  );
}
