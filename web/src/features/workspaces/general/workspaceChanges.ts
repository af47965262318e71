/** What the API answered about a workspace, put where the screens read it. */

import { type QueryClient, useQueryClient } from "@tanstack/react-query";

import type { Me, Workspace } from "@/lib/api/types";
import { meQuery, workspaceQuery } from "@/lib/session";

/** The person's list with one workspace's new name and logo. */
export function withFacts(me: Me, { id, name, logo_url }: Workspace): Me {
  const workspaces = me.workspaces.map((each) => (each.id === id ? { ...each, name, logo_url } : each));
  return { ...me, workspaces };
}

export function useTakeWorkspace(): (workspace: Workspace) => void {
  const client = useQueryClient();
  return (workspace) => take(client, workspace);
}

function take(client: QueryClient, workspace: Workspace): void {
  client.setQueryData(workspaceQuery(workspace.id).queryKey, workspace);
  client.setQueryData<Me>(meQuery.queryKey, (me) => me && withFacts(me, workspace));
}
