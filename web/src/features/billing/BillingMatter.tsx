/** Looks, for Owners, whether something about money belongs on every page; the words are loaded when it does. */

import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";

import { billingQuery } from "@/features/seats/seats";
import { useMinuteMs } from "@/lib/clock";
import { useCan, useWorkspace, workspaceQuery } from "@/lib/session";

import { matterOf } from "./matter";

const BillingBanner = lazy(() => import("./BillingBanner"));

export function BillingMatter() {
  const { id } = useWorkspace();
  const isOwner = useCan("billing.manage");
  const nowMs = useMinuteMs();
  const workspace = useQuery(workspaceQuery(id)).data;
  const billing = useQuery({ ...billingQuery(id), enabled: isOwner });
  if (!isOwner || !workspace || billing.isPending) return null;
  const matter = matterOf(workspace, billing.data, nowMs);
  return <Suspense>{matter && <BillingBanner matter={matter} />}</Suspense>;
}
