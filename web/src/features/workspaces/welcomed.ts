/** Whether this browser has shown the first steps of a workspace long enough. */

const key = (workspaceId: string) => `wireroom-welcomed-${workspaceId}`;

export function rememberWelcomed(workspaceId: string): void {
  try {
    localStorage.setItem(key(workspaceId), "1");
  } catch {
    // Without storage the checklist shows again, and can be skipped again.
  }
}

export function isWelcomed(workspaceId: string): boolean {
  try {
    return localStorage.getItem(key(workspaceId)) !== null;
  } catch {
    return false;
  }
}
