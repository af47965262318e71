/** Looks, for Owners, whether something about money may belong on every page; all else is loaded when it may. */

import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";

import { billingQuery } from "@/features/seats/seats";
import { useMinuteMs } from "@/lib/clock";
import { useCan, useWorkspace, workspaceQuery } from "@/lib/session";

const BillingBanner = lazy(() => import("./BillingBanner"));

const DAY_MS = 86_400_000;

export function BillingMatter() {
  const { id } = useWorkspace();
  const isOwner = useCan("billing.manage");
  const nowMs = useMinuteMs();
  const workspace = useQuery(workspaceQuery(id)).data;
  const billing = useQuery({ ...billingQuery(id), enabled: isOwner });
  if (!isOwner || !workspace || billing.isPending) return null;
  const subscriptions = billing.data?.subscriptions ?? [];
  const trialEndsAt = workspace.trial_ends_at;
  const mayMatter = subscriptions.length
    ? subscriptions.some((each) => each.grace_ends_at ?? each.cancels_at)
    : trialEndsAt && Date.parse(trialEndsAt) - nowMs < DAY_MS;
  return (
    <Suspense>{mayMatter && <BillingBanner workspace={workspace} subscriptions={subscriptions} />}</Suspense>
  );
}
