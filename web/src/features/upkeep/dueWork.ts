/** What is done in the workspace by itself: reading how it stands, and having tried again what gave up. */

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, http } from "@/lib/api/client";
import { useWorkspace } from "@/lib/session";

const LOOK_AGAIN_MS = 15_000;

function dueWorkQuery(workspaceId: string) {
  const path = { workspace_id: workspaceId };
  return api.queryOptions("get", "/workspaces/{workspace_id}/due-work", { params: { path } });
}

/** Looked at again and again while it is shown: work comes and goes without anybody being told. */
export function useDueWork() {
  return useQuery({ ...dueWorkQuery(useWorkspace().id), refetchInterval: LOOK_AGAIN_MS });
}

/** Has all stuck work of a kind tried again; the answer is how things stand from then on. */
export function useTryAgain() {
  const workspaceId = useWorkspace().id;
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (work: string) => {
      const { data } = await http.POST("/workspaces/{workspace_id}/due-work/retries", {
        params: { path: { workspace_id: workspaceId } },
        body: { work },
      });
      if (!data) throw new TypeError("The answer holds no due work.");
      return data;
    },
    onSuccess: (data) => client.setQueryData(dueWorkQuery(workspaceId).queryKey, data),
  });
}
