/** A connection's state: a dot and a word, never colour alone. */

import type { ConnectionState } from "@/lib/api/types";

import { toneOf, useStateName } from "./connectionStates";
import classes from "./StateBadge.module.css";

export function StateDot({ state }: { state: ConnectionState }) {
  return <span className={classes.dot} data-tone={toneOf(state)} aria-hidden="true" />;
}

export function StateBadge({ state }: { state: ConnectionState }) {
  const nameOf = useStateName();
  return (
    <span className={classes.badge} data-tone={toneOf(state)}>
      <StateDot state={state} />
      {nameOf(state)}
    </span>
  );
}
