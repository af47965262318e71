/** Who is signed in, and which workspace the screen is in. */

import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { createContext, useContext } from "react";

import { api } from "./api/client";
import type { Action, Me, Membership } from "./api/types";

/** The signed-in person and their workspaces. Routes under `/w` and `/settings` load it before they render. */
export const meQuery = api.queryOptions("get", "/me", undefined, { staleTime: 60_000 });

export function useMe(): Me {
  return useSuspenseQuery(meQuery).data;
}

const WorkspaceContext = createContext<Membership | null>(null);
export const WorkspaceProvider = WorkspaceContext.Provider;

/** The workspace of the current page. Only inside `/w/$ws`. */
export function useWorkspace(): Membership {
  const workspace = useContext(WorkspaceContext);
  if (workspace === null) throw new Error("useWorkspace outside a workspace's page");
  return workspace;
}

/** One workspace with its toggles, and `can`: everything the person may do there. Loaded before its pages render. */
export function workspaceQuery(workspaceId: string) {
  const path = { workspace_id: workspaceId };
  return api.queryOptions("get", "/workspaces/{workspace_id}", { params: { path } }, { staleTime: 60_000 });
}

/** Whether the person may do something in the workspace of the current page. The API alone decides it. */
export function useCan(action: Action): boolean {
  const { id } = useWorkspace();
  return useQuery(workspaceQuery(id)).data?.can.includes(action) ?? false;
}
