/** Who is, or was, connected to accounts. Pure. */

import type { Account } from "@/lib/api/types";

type Somebody = Account["connections"][number];

/** Each of them once, however many accounts they are connected to. */
export function peopleOf(accounts: readonly Account[]): Somebody[] {
  return [
    ...new Map(accounts.flatMap((each) => each.connections).map((each) => [each.user_id, each])).values(),
  ];
}
