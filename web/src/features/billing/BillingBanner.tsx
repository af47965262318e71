/** The line across the top of an Owner's pages about money: one thing at a time, with the way to it. */

import { Trans } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { CalendarX2, CreditCard, Hourglass } from "lucide-react";

import { Banner } from "@/components/Banner";
import { LinkButton } from "@/components/LinkButton";
import type { Subscription, Workspace } from "@/lib/api/types";
import { useMinuteMs } from "@/lib/clock";
import { useWorkspace } from "@/lib/session";
import { relativeTime } from "@/lib/time";

import { type Matter, matterOf } from "./matter";
import { usePortal } from "./usePortal";

interface Props {
  workspace: Workspace;
  subscriptions: readonly Subscription[];
}

export default function BillingBanner({ workspace, subscriptions }: Props) {
  const nowMs = useMinuteMs();
  const matter = matterOf(workspace, subscriptions, nowMs);
  return matter && <MatterBanner matter={matter} nowMs={nowMs} />;
}

function MatterBanner({ matter, nowMs }: { matter: Matter; nowMs: number }) {
  switch (matter.kind) {
    case "failed": {
      const when = relativeTime(matter.until, nowMs);
      return (
        <Banner icon={CreditCard} tone="danger" action={<PortalButton />}>
          <Trans>A payment failed. The seats expire {when} unless it goes through.</Trans>
        </Banner>
      );
    }
    case "trial-over":
      return (
        <Banner icon={Hourglass} action={<PlansLink />}>
          <Trans>The trial is over. Everything is kept and can be read; with seats your team goes on.</Trans>
        </Banner>
      );
    case "trial-ends": {
      const when = relativeTime(matter.at, nowMs);
      return (
        <Banner icon={Hourglass} tone="neutral" action={<PlansLink />}>
          <Trans>The trial ends {when}.</Trans>
        </Banner>
      );
    }
    case "ends": {
      const when = relativeTime(matter.at, nowMs);
      return (
        <Banner icon={CalendarX2} tone="neutral" action={<PlansLink />}>
          <Trans>The subscription was cancelled. Its seats expire {when}.</Trans>
        </Banner>
      );
    }
  }
}

function PlansLink() {
  const { id } = useWorkspace();
  return (
    <LinkButton size="compact-sm" variant="default" to="/w/$ws/settings/billing" params={{ ws: id }}>
      <Trans>Plan and seats</Trans>
    </LinkButton>
  );
}

function PortalButton() {
  const portal = usePortal();
  return (
    <Button size="compact-sm" variant="default" loading={portal.isPending} onClick={portal.open}>
      <Trans>Mend the payment</Trans>
    </Button>
  );
}
