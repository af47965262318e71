/** The list of notices, page by page, and what is done with it. */

import { infiniteQueryOptions, useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";

import { http } from "@/lib/api/client";
import type { NoticePage } from "@/lib/api/types";
import { notifyProblem } from "@/lib/notify";
import { problemText } from "@/lib/problemText";
import { useWorkspace } from "@/lib/session";

const PATH = "/workspaces/{workspace_id}/notifications";

export function noticesQuery(workspaceId: string) {
  return infiniteQueryOptions({
    queryKey: ["get", PATH, workspaceId, "pages"],
    queryFn: ({ pageParam, signal }) => fetchPage(workspaceId, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last: NoticePage) => last.next_cursor ?? undefined,
  });
}

async function fetchPage(workspaceId: string, cursor?: string, signal?: AbortSignal): Promise<NoticePage> {
  const { data } = await http.GET(PATH, {
    params: { path: { workspace_id: workspaceId }, query: cursor === undefined ? {} : { cursor } },
    ...(signal && { signal }),
  });
  if (!data) throw new TypeError("The answer holds no page of notices.");
  return data;
}

export function useNotices() {
  return useInfiniteQuery(noticesQuery(useWorkspace().id));
}

/** Note what was read: one notice, or all up to the newest that is shown. The list is read anew either way. */
export function useMarkRead() {
  const workspaceId = useWorkspace().id;
  const client = useQueryClient();
  const settle = {
    onError: (error: unknown) => notifyProblem(problemText(error)),
    onSettled: () => client.invalidateQueries({ queryKey: ["get", PATH] }),
  };
  const one = useMutation({
    mutationFn: (noticeId: string) =>
      http.PUT(`${PATH}/{notice_id}/read`, {
        params: { path: { workspace_id: workspaceId, notice_id: noticeId } },
      }),
    ...settle,
  });
  const all = useMutation({
    mutationFn: (upTo: string) =>
      http.POST(`${PATH}/read`, {
        params: { path: { workspace_id: workspaceId } },
        body: { up_to: upTo },
      }),
    ...settle,
  });
  return { markRead: one.mutate, markAllRead: all.mutate, isMarkingAll: all.isPending };
}
