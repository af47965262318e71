/** Tells the API once where the person's wall clock hangs: reminders and quiet hours go by it. */

import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";

import { http } from "@/lib/api/client";
import type { Me } from "@/lib/api/types";
import { meQuery, useMe } from "@/lib/session";

/** This browser's zone stands until the person chooses another; a refusal is left to the next visit. */
export function useOwnTimeZone(): void {
  const isKnown = useMe().user.time_zone !== null;
  const client = useQueryClient();
  useEffect(() => {
    if (isKnown) return;
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    http.PATCH("/me", { body: { time_zone: timeZone } }).then(
      ({ data: user }) => user && client.setQueryData<Me>(meQuery.queryKey, (me) => me && { ...me, user }),
      () => undefined,
    );
  }, [isKnown, client]);
}
