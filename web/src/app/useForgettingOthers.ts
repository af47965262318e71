/** Rows of people who signed in here before, and of workspaces one no longer belongs to, do not stay. */

import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";

import { meQuery } from "@/lib/session";

export function useForgettingOthers(): void {
  const me = useQuery(meQuery).data;
  useEffect(() => {
    if (me) void import("@/lib/kept/wipe").then(({ wipeOfOthers }) => wipeOfOthers(me));
  }, [me]);
}
