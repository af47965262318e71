/** The wish for the list, as it stands in the address. */

import { useNavigate } from "@tanstack/react-router";

import type { InboxFilter } from "./filter";

interface Wished {
  filter?: InboxFilter | undefined;
  account?: string | undefined;
}

/** Gives a function that changes the wish in the address and keeps the open chat. */
export function useInboxWish(): (wished: Wished) => void {
  const navigate = useNavigate();
  return (wished) => void navigate({ to: ".", search: (was) => ({ ...was, ...wished }), replace: true });
}
