/** Who is signed in, and which workspace the screen is in. */

import { useSuspenseQuery } from "@tanstack/react-query";
import { createContext, useContext } from "react";

import { api } from "./api/client";
import type { Me, Membership } from "./api/types";

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

/** Members may not invite, rename or see invitations. */
export function isAdmin(role: Membership["role"]): boolean {
  return role !== "member";
}
