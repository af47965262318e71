/** The workspaces that keep somebody from deleting their account: nobody else owns them. */

import { ApiError } from "@/lib/api/errors";

export interface OwnedWorkspace {
  id: string;
  name: string;
}

/** Those a refused deletion names; null when it was refused for something else. */
export function ownedAlone(error: unknown): readonly OwnedWorkspace[] | null {
  if (!(error instanceof ApiError) || error.code !== "only-owner-of-others") return null;
  const { workspaces } = error.standing as { workspaces: OwnedWorkspace[] };
  return workspaces;
}
