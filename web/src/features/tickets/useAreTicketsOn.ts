/** Whether the workspace works with tickets; true while that is not known. */

import { useQuery } from "@tanstack/react-query";
import { useWorkspace, workspaceQuery } from "@/lib/session";

export function useAreTicketsOn(): boolean {
  return useQuery(workspaceQuery(useWorkspace().id)).data?.toggles.tickets_enabled ?? true;
}
