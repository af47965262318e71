/** Make a workspace and go there. */

import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";

import { api } from "@/lib/api/client";
import type { Me, Workspace } from "@/lib/api/types";
import { meQuery } from "@/lib/session";

/** Put a workspace the person just got into their list, so that its pages open without asking again. */
export function withWorkspace(me: Me, { id, name, role }: Workspace): Me {
  const others = me.workspaces.filter((each) => each.id !== id);
  return { ...me, workspaces: [...others, { id, name, role }] };
}

/** Adds a workspace to the cached person and opens one of its pages. */
export function useEnterWorkspace() {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  return (workspace: Workspace, page: "welcome" | "inbox") => {
    queryClient.setQueryData<Me>(meQuery.queryKey, (me) => me && withWorkspace(me, workspace));
    const params = { ws: workspace.id };
    void (page === "welcome"
      ? navigate({ to: "/w/$ws/welcome", params })
      : navigate({ to: "/w/$ws/inbox", params }));
  };
}

export function useCreateWorkspace() {
  const enter = useEnterWorkspace();
  return api.useMutation("post", "/workspaces", { onSuccess: (workspace) => enter(workspace, "welcome") });
}
