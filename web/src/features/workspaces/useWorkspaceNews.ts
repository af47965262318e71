/** Keeps members, invitations, permissions and the workspace itself in step with what others do. */

import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect } from "react";

import { billingQuery, billsQuery, seatsQuery } from "@/features/seats/seats";
import { meQuery, useMe, useWorkspace, workspaceQuery } from "@/lib/session";
import { useLive, useLiveEvent } from "@/live/LiveProvider";
import type { LiveEvents } from "@/live/types";

import { invitesQuery } from "./invites/invitesQuery";
import { leaveRequestsQuery } from "./leaving/leaveRequestsQuery";
import { membersQuery } from "./members/members";
import { type Fact, madeOld } from "./news";
import { useEntitlementEnd } from "./useEntitlementEnd";

const ALL: readonly Fact[] = [
  "members",
  "invites",
  "leave-requests",
  "workspace",
  "me",
  "seats",
  "billing",
  "bills",
];

/** Mounted once, in the workspace's frame. Where a change may have been missed everything is read anew. */
export function useWorkspaceNews(): void {
  const live = useLive();
  const client = useQueryClient();
  const workspaceId = useWorkspace().id;
  const userId = useMe().user.id;
  useEntitlementEnd();
  const onChange = useCallback(
    ({ change }: LiveEvents["change"]) => refresh(client, workspaceId, madeOld(change, userId)),
    [client, workspaceId, userId],
  );
  useLiveEvent("change", onChange);
  useEffect(() => {
    const refreshAll = () => refresh(client, workspaceId, ALL);
    const ends = [live.onBehind(refreshAll), live.onSettled(refreshAll)];
    return () => {
      for (const end of ends) end();
    };
  }, [live, client, workspaceId]);
}

/** Marks facts old. Only what is on screen is fetched at once. */
function refresh(client: QueryClient, workspaceId: string, facts: readonly Fact[]): void {
  const keys: Record<Fact, readonly unknown[]> = {
    members: membersQuery(workspaceId).queryKey,
    invites: invitesQuery(workspaceId).queryKey,
    "leave-requests": leaveRequestsQuery(workspaceId).queryKey,
    workspace: workspaceQuery(workspaceId).queryKey,
    me: meQuery.queryKey,
    seats: seatsQuery(workspaceId).queryKey,
    billing: billingQuery(workspaceId).queryKey,
    bills: billsQuery(workspaceId).queryKey,
  };
  for (const fact of facts) void client.invalidateQueries({ queryKey: keys[fact] });
}
