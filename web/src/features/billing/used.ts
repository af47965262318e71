/** How many Telegram accounts people have connected. Pure. */

import type { Account } from "@/lib/api/types";

/** Accounts by the id of who holds a connection to them that they have not ended; suspended ones count. */
export function accountsByPerson(accounts: readonly Account[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { connections } of accounts)
    for (const { user_id, state } of connections)
      if (state !== "disconnected") counts.set(user_id, (counts.get(user_id) ?? 0) + 1);
  return counts;
}
