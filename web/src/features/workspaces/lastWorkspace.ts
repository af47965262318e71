/** The workspace this browser was in last. */

import type { Me, Membership } from "@/lib/api/types";

const KEY = "wireroom-workspace";

export function rememberWorkspace(id: string): void {
  try {
    localStorage.setItem(KEY, id);
  } catch {
    // A browser without storage starts in the first workspace.
  }
}

function remembered(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/** The remembered workspace while the person is still in it, else their first; undefined when they have none. */
export function lastWorkspaceOf(me: Me): Membership | undefined {
  return me.workspaces.find((each) => each.id === remembered()) ?? me.workspaces[0];
}

/** As `lastWorkspaceOf`, among those that are open to the person. */
export function openWorkspaceOf(me: Me): Membership | undefined {
  return lastWorkspaceOf({ ...me, workspaces: me.workspaces.filter((each) => each.state === "open") });
}
