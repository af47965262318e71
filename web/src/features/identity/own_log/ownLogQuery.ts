/** The person's own log, as cached: pages, newest first. */

import { infiniteQueryOptions } from "@tanstack/react-query";

import { http } from "@/lib/api/client";
import type { OwnLog } from "@/lib/api/types";

export const ownLogQuery = infiniteQueryOptions({
  queryKey: ["own-log"],
  queryFn: ({ pageParam, signal }) => fetchPage(pageParam, signal),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page) => page.next_cursor ?? undefined,
});

async function fetchPage(cursor: string | undefined, signal: AbortSignal): Promise<OwnLog> {
  const query = cursor === undefined ? {} : { cursor };
  const { data } = await http.GET("/me/log", { params: { query }, signal });
  return data as OwnLog;
}
