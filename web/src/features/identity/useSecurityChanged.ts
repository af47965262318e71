/** What the screens know of how a person signs in, read anew after one of those things changed. */

import { useQueryClient } from "@tanstack/react-query";

import { meQuery } from "@/lib/session";

import { ownLogQuery } from "./own_log/ownLogQuery";
import { sessionsQuery } from "./sessions/sessionsQuery";

/** Resolves when what is on screen is true again. */
export function useSecurityChanged(): () => Promise<void> {
  const queryClient = useQueryClient();
  return async () => {
    const kept = [meQuery, sessionsQuery, ownLogQuery];
    await Promise.all(kept.map(({ queryKey }) => queryClient.invalidateQueries({ queryKey })));
  };
}
