/** What is paid for ends by the clock, and nobody tells: at that moment what may be done is read anew. */

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";

import { useMinuteMs } from "@/lib/clock";
import { useWorkspace, workspaceQuery } from "@/lib/session";

export function useEntitlementEnd(): void {
  const { id } = useWorkspace();
  const client = useQueryClient();
  const nowMs = useMinuteMs();
  const until = useQuery(workspaceQuery(id)).data?.entitlement.until;
  const hasEnded = typeof until === "string" && Date.parse(until) <= nowMs;
  useEffect(() => {
    if (hasEnded) void client.invalidateQueries({ queryKey: workspaceQuery(id).queryKey });
  }, [hasEnded, client, id]);
}
