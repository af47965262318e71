/** What the workspace pays: each subscription, what comes next, and its end. */

import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Alert, Badge, Button, Group, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { CreditCard, ExternalLink } from "lucide-react";

import { SettingsRow } from "@/components/SettingsRow";
import { SettingsSection } from "@/components/SettingsSection";
import { intervalNames } from "@/features/seats/words";
import type { Billing, Subscription } from "@/lib/api/types";
import { useMinuteMs } from "@/lib/clock";
import { exactTime, relativeTime } from "@/lib/time";

import { CancelDialog } from "./CancelDialog";
import { money } from "./money";
import { useEnding } from "./useEnding";
import { usePortal } from "./usePortal";

export function PaidSection({ billing }: { billing: Billing }) {
  if (!billing.is_customer && billing.subscriptions.length === 0) return null;
  return (
    <SettingsSection
      title={<Trans>What you pay</Trans>}
      lead={<Trans>Cards, addresses and tax numbers stay with the payment provider.</Trans>}
      action={<PortalButton />}
    >
      {billing.subscriptions.length === 0 && (
        <Text c="dimmed">
          <Trans>There is no subscription at the moment.</Trans>
        </Text>
      )}
      <div>
        {billing.subscriptions.map((each) => (
          <SubscriptionRow key={each.interval} subscription={each} />
        ))}
      </div>
    </SettingsSection>
  );
}

function PortalButton() {
  const portal = usePortal();
  return (
    <Button
      variant="default"
      rightSection={<ExternalLink size={14} aria-hidden />}
      loading={portal.isPending}
      onClick={portal.open}
    >
      <Trans>Cards and addresses</Trans>
    </Button>
  );
}

function SubscriptionRow({ subscription }: { subscription: Subscription }) {
  const { i18n } = useLingui();
  return (
    <>
      <SettingsRow
        icon={<CreditCard size={20} aria-hidden />}
        title={
          <Group gap="sm">
            {i18n._(intervalNames[subscription.interval])}
            <State subscription={subscription} />
          </Group>
        }
        action={<Ending subscription={subscription} />}
      >
        <Quantities subscription={subscription} />
        <br />
        <Next subscription={subscription} />
      </SettingsRow>
      {subscription.grace_ends_at && <Failed until={subscription.grace_ends_at} />}
    </>
  );
}

function State({ subscription: { status, cancels_at, grace_ends_at } }: { subscription: Subscription }) {
  if (grace_ends_at) {
    return (
      <Badge variant="light" color="red">
        <Trans>Payment failed</Trans>
      </Badge>
    );
  }
  if (cancels_at) {
    return (
      <Badge variant="light" color="yellow">
        <Trans>Cancelled</Trans>
      </Badge>
    );
  }
  return status === "active" || status === "trialing" ? (
    <Badge variant="light" color="green">
      <Trans>Paid</Trans>
    </Badge>
  ) : (
    <Badge variant="light" color="gray">
      <Trans>Not paid</Trans>
    </Badge>
  );
}

function Quantities({ subscription: { basic, pro, extra } }: { subscription: Subscription }) {
  return (
    <>
      {pro > 0 && <Plural value={pro} one="# Pro seat" other="# Pro seats" />}
      {pro > 0 && basic > 0 && " · "}
      {basic > 0 && <Plural value={basic} one="# Basic seat" other="# Basic seats" />}
      {extra > 0 && " · "}
      {extra > 0 && <Plural value={extra} one="# extra account" other="# extra accounts" />}
    </>
  );
}

function Next({ subscription }: { subscription: Subscription }) {
  const { cancels_at, next_at, next_minor, currency } = subscription;
  if (cancels_at) {
    const ends = exactTime(cancels_at);
    return <Trans>Ends on {ends}. Until then nothing changes.</Trans>;
  }
  if (next_at === null || next_minor === null) return null;
  const [sum, when] = [money(next_minor, currency), exactTime(next_at)];
  return (
    <Trans>
      Next: {sum} before tax on {when}
    </Trans>
  );
}

function Failed({ until }: { until: string }) {
  const portal = usePortal();
  const when = relativeTime(until, useMinuteMs());
  const exact = exactTime(until);
  return (
    <Alert color="red" role="alert" title={<Trans>The payment did not go through</Trans>}>
      <Text size="sm" mb="sm">
        <Trans>
          The seats stay as they are until {exact} ({when}). Give another card, or pay the open invoice: then
          they go on.
        </Trans>
      </Text>
      <Button size="compact-sm" color="red" loading={portal.isPending} onClick={portal.open}>
        <Trans>Mend the payment</Trans>
      </Button>
    </Alert>
  );
}

/** The way out, and back. */
function Ending({ subscription }: { subscription: Subscription }) {
  const [isAsked, asking] = useDisclosure(false);
  const renewal = useEnding("renewal", subscription.interval);
  if (subscription.cancels_at) {
    return (
      <Button loading={renewal.isPending} onClick={() => renewal.run()}>
        <Trans>Keep the subscription</Trans>
      </Button>
    );
  }
  return (
    <>
      <Button variant="default" onClick={asking.open}>
        <Trans>Cancel subscription</Trans>
      </Button>
      {isAsked && <CancelDialog subscription={subscription} onClose={asking.close} />}
    </>
  );
}
