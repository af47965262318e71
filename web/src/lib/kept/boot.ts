/** What a workspace's pages begin with besides its rows: kept with them, for when the API can't be reached. */

import type { QueryClient, QueryKey } from "@tanstack/react-query";
import { Database, databaseName } from "./database";
import { heldKey } from "./held";
import { Sealer } from "./sealer";

export const BOOT = "boot";

export type Boot = [QueryKey, unknown][];

/** The answers that pages can't be drawn without, by their paths; all are about one person or one workspace. */
const PATHS = new Set<unknown>([
  "/me",
  "/workspaces/{workspace_id}",
  "/workspaces/{workspace_id}/accounts",
  "/workspaces/{workspace_id}/columns",
  "/workspaces/{workspace_id}/views",
]);

/** Those answers as they are cached now. */
export function bootOf(client: QueryClient, workspaceId: string): Boot {
  return client
    .getQueryCache()
    .findAll({ predicate: ({ queryKey, state }) => PATHS.has(queryKey[1]) && state.data !== undefined })
    .filter(({ queryKey }) => queryKey[1] === "/me" || JSON.stringify(queryKey).includes(workspaceId))
    .map(({ queryKey, state }) => [queryKey, state.data]);
}

/** Puts them into the cache, where this browser keeps them and still holds their key; whether it did. */
export async function restoreBoot(client: QueryClient, workspaceId: string): Promise<boolean> {
  const held = await heldKey(workspaceId);
  if (!held) return false;
  const database = await Database.open(databaseName(held.userId, workspaceId));
  const record = await database.get(BOOT);
  database.close();
  const boot = record && (await (await Sealer.of(held.key)).open(BOOT, record));
  if (!Array.isArray(boot)) return false;
  for (const [key, data] of boot as Boot) client.setQueryData(key, data);
  return true;
}
