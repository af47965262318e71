/** The newest of a value that changes with every render, for functions that are to stay the same. */

import { useRef } from "react";

/** Read `current` when something happens, not while rendering. */
export function useLatest<Value>(value: Value): { readonly current: Value } {
  const latest = useRef(value);
  latest.current = value;
  return latest;
}
