/** What the browser's databases of ours are called: all that a visit with nothing kept has to know of them. */

const PREFIX = "wireroom-rows-";

export function databaseName(userId: string, workspaceId: string): string {
  return `${PREFIX}${userId}-${workspaceId}`;
}

export function isOurs(name: string): boolean {
  return name.startsWith(PREFIX);
}
