/** What a provider sent the browser back with. */

import { useEffect, useState } from "react";

/** How the state of a flow begins that links a provider to a signed-in account. */
const LINKING_MARK = "link.";

export type Returned =
  | { came: "with-code"; code: string; state: string; isLinking: boolean }
  | { came: "without"; isCancelled: boolean; isLinking: boolean };

/** Reads the page's query; what says that the person turned back differs a little between providers. */
export function readReturn(query: string): Returned {
  const answer = new URLSearchParams(query);
  const state = answer.get("state") ?? "";
  const code = answer.get("code");
  const isLinking = state.startsWith(LINKING_MARK);
  if (code && state) return { came: "with-code", code, state, isLinking };
  const error = answer.get("error") ?? "";
  const isCancelled = /denied|cancel/.test(error);
  return { came: "without", isCancelled, isLinking };
}

/** Read once and taken out of the address bar: a code must not stay in the history. */
export function useReturned(): Returned {
  const [returned] = useState(() => readReturn(window.location.search));
  useEffect(() => {
    window.history.replaceState(window.history.state, "", window.location.pathname);
  }, []);
  return returned;
}
