/** What a file is called and how large it is, by its id: that never changes. */

import { queryOptions } from "@tanstack/react-query";
import { http } from "@/lib/api/client";
import type { FileOut } from "@/lib/api/types";

export function fileQuery(workspaceId: string, fileId: string) {
  const path = { workspace_id: workspaceId, file_id: fileId };
  return queryOptions({
    queryKey: ["file", workspaceId, fileId],
    queryFn: async ({ signal }): Promise<FileOut | null> => {
      const { data } = await http.GET("/workspaces/{workspace_id}/files/{file_id}", {
        params: { path },
        signal,
      });
      return data?.file ?? null;
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}
