/** How much the person has not read of what they were told: all the frame around the pages knows of it. */

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";

import { api } from "@/lib/api/client";
import { useWorkspace } from "@/lib/session";
import { useLiveEvent } from "@/live/LiveProvider";

const MOST_SHOWN = 99;

/** The newest page; its key begins the keys of all that is read of the list. */
export function newestNoticesQuery(workspaceId: string) {
  return api.queryOptions("get", "/workspaces/{workspace_id}/notifications", {
    params: { path: { workspace_id: workspaceId } },
  });
}

/** "3", "99+", or null where everything is read. Rings anew, with a toast, when something is told. */
export function useUnreadCount(): string | null {
  const workspaceId = useWorkspace().id;
  const query = newestNoticesQuery(workspaceId);
  const client = useQueryClient();
  const unread = useQuery(query).data?.unread ?? 0;
  const { queryKey } = query;
  const onNotified = useCallback(() => {
    void client.invalidateQueries({ queryKey: queryKey.slice(0, 2) });
    void import("./toast").then(({ showNewest }) => showNewest(client, workspaceId));
  }, [client, queryKey, workspaceId]);
  useLiveEvent("notified", onNotified);
  if (unread === 0) return null;
  return unread > MOST_SHOWN ? `${MOST_SHOWN}+` : String(unread);
}
