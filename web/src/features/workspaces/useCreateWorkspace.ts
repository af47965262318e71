/** Make a workspace and go there. */

import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";

import { api } from "@/lib/api/client";
import { meQuery } from "@/lib/session";

/** Reads the person's workspaces anew, then opens a page of one of them. */
export function useEnterWorkspace() {
  const client = useQueryClient();
  const navigate = useNavigate();
  return async (workspaceId: string, page: "welcome" | "inbox") => {
    await client.fetchQuery({ ...meQuery, staleTime: 0 });
    const params = { ws: workspaceId };
    await (page === "welcome"
      ? navigate({ to: "/w/$ws/welcome", params })
      : navigate({ to: "/w/$ws/inbox", params }));
  };
}

export function useCreateWorkspace() {
  const enter = useEnterWorkspace();
  return api.useMutation("post", "/workspaces", { onSuccess: ({ id }) => enter(id, "welcome") });
}
