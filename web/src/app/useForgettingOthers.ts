/** Rows of people who signed in here before, and of workspaces one no longer belongs to, do not stay. */

import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";

import { meQuery } from "@/lib/session";

const AFTER_FIRST_SIGHT_MS = 8_000;

export function useForgettingOthers(): void {
  const me = useQuery(meQuery).data;
  useEffect(() => {
    if (!me) return;
    const forget = () => void import("@/lib/kept/wipe").then(({ wipeOfOthers }) => wipeOfOthers(me));
    const later = setTimeout(forget, AFTER_FIRST_SIGHT_MS);
    return () => clearTimeout(later);
  }, [me]);
}
