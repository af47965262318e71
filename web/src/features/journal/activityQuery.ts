/** The activity log in the query cache, page by page, newest first. */

import { infiniteQueryOptions } from "@tanstack/react-query";

import { http } from "@/lib/api/client";
import type { ActivityPage } from "@/lib/api/types";

import { queryOf } from "./filtered";
import type { ActivityFilters } from "./filters";

/** Live changes keep it fresh, so it never becomes stale by itself: reading all its pages anew would be slow. */
export function activityQuery(workspaceId: string, filters: ActivityFilters) {
  return infiniteQueryOptions({
    queryKey: ["activity", workspaceId, queryOf(filters)],
    queryFn: ({ pageParam, signal }) => fetchActivity(workspaceId, filters, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last: ActivityPage) => last.next_cursor ?? undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** One page: the newest one, or the one a cursor leads to. */
export async function fetchActivity(
  workspaceId: string,
  filters: ActivityFilters,
  cursor?: string,
  signal?: AbortSignal,
): Promise<ActivityPage> {
  const query = cursor === undefined ? queryOf(filters) : { ...queryOf(filters), cursor };
  const { data } = await http.GET("/workspaces/{workspace_id}/activity", {
    params: { path: { workspace_id: workspaceId }, query },
    ...(signal && { signal }),
  });
  if (!data) throw new TypeError("The answer holds no page of the log.");
  return data;
}
