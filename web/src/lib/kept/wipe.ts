/** Everything this browser keeps of workspaces goes: with the session, and with the place in a workspace. */

import type { Me } from "@/lib/api/types";
import { unsubscribeHere } from "@/lib/push";
import { wipeBut } from "./database";
import { databaseName } from "./names";

/** After signing out, and when the session turns out to be over: nobody is told here any more either. */
export async function wipeAll(): Promise<void> {
  await Promise.all([wipeBut(), unsubscribeHere()]);
}

/** What is of others who signed in here, and of workspaces that are this person's no longer. */
export async function wipeOfOthers({ user, workspaces }: Me): Promise<void> {
  await wipeBut(new Set(workspaces.map(({ id }) => databaseName(user.id, id))));
}
