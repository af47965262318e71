/** Plan and seats: the trial, what is paid, what could be, who sits where, and the invoices. For Owners. */

import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Store } from "lucide-react";

import { SettingsSection } from "@/components/SettingsSection";
import { EmptyState, ErrorState, LoadingRows } from "@/components/StateBlock";
import { billingQuery } from "@/features/seats/seats";
import { NoAccess } from "@/features/workspaces/NoAccess";
import { usePageTitle } from "@/lib/pageTitle";
import { useCan, useWorkspace } from "@/lib/session";

import type { CheckoutReturn } from "./arrival";
import { CheckoutArrival } from "./CheckoutArrival";
import { InvoicesSection } from "./InvoicesSection";
import { OrderSection } from "./OrderSection";
import { PaidSection } from "./PaidSection";
import { SeatsSection } from "./SeatsSection";
import { TrialSection } from "./TrialSection";

interface Props {
  /** How the person came back from the payment provider's page, if they did. */
  checkout: CheckoutReturn | undefined;
  onCheckoutSeen: () => void;
}

export function BillingSettings(props: Props) {
  const { t } = useLingui();
  const mayManage = useCan("billing.manage");
  usePageTitle(t`Plan and seats`, t`Settings`);
  if (!mayManage) {
    return (
      <SettingsSection title={<Trans>Plan and seats</Trans>}>
        <NoAccess action="billing.manage" />
      </SettingsSection>
    );
  }
  return <Managed {...props} />;
}

function Managed({ checkout, onCheckoutSeen }: Props) {
  const billing = useQuery(billingQuery(useWorkspace().id));
  return (
    <>
      {checkout && <CheckoutArrival came={checkout} onSeen={onCheckoutSeen} />}
      <TrialSection />
      {billing.isPending && (
        <SettingsSection title={<Trans>Plan</Trans>}>
          <LoadingRows rows={2} height={120} />
        </SettingsSection>
      )}
      {billing.isError && (
        <SettingsSection title={<Trans>Plan</Trans>}>
          <ErrorState error={billing.error} onRetry={() => void billing.refetch()} />
        </SettingsSection>
      )}
      {billing.data && !billing.data.is_configured && <NothingSold />}
      {billing.data?.is_configured && (
        <>
          <PaidSection billing={billing.data} />
          <OrderSection billing={billing.data} />
        </>
      )}
      <SeatsSection />
      {billing.data?.is_customer && <InvoicesSection />}
    </>
  );
}

function NothingSold() {
  return (
    <SettingsSection title={<Trans>Plan</Trans>}>
      <EmptyState icon={Store} title={<Trans>Nothing is sold here</Trans>}>
        <Trans>
          This installation has no payment provider. Whoever runs it sets one up; its README says how.
        </Trans>
      </EmptyState>
    </SettingsSection>
  );
}
