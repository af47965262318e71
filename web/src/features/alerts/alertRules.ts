/** After how long members are told that a chat waits for a reply, or was left silent. */

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { useWorkspace } from "@/lib/session";

export const MOST_HOURS = 8_760;
export const MOST_DAYS = 365;

function rulesQuery(workspaceId: string) {
  const path = { workspace_id: workspaceId };
  return api.queryOptions("get", "/workspaces/{workspace_id}/alert-rules", { params: { path } });
}

export function useAlertRules() {
  return useQuery(rulesQuery(useWorkspace().id));
}

export function useChangeAlertRules() {
  const client = useQueryClient();
  const { queryKey } = rulesQuery(useWorkspace().id);
  return api.useMutation("put", "/workspaces/{workspace_id}/alert-rules", {
    onSettled: () => client.invalidateQueries({ queryKey }),
  });
}

/** What a field says: a whole number in its bounds, null for an empty one, undefined for what is neither. */
export function periodIn(text: string, most: number): number | null | undefined {
  const trimmed = text.trim();
  if (trimmed === "") return null;
  const number = Number(trimmed);
  return /^\d+$/.test(trimmed) && number >= 1 && number <= most ? number : undefined;
}
