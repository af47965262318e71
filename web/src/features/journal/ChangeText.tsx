/** What an entry changed, on one line: each field, what it was, what it is. */

import { Trans } from "@lingui/react/macro";
import { VisuallyHidden } from "@mantine/core";
import { ArrowRight } from "lucide-react";

import classes from "./ChangeText.module.css";
import type { ShownChange } from "./shown";

/** A line has room for so many; all of them stand below the row when it is opened. */
const MOST = 2;

export function ChangesText({ changes }: { changes: readonly ShownChange[] }) {
  const left = changes.length - MOST;
  return (
    <ul className={classes.list}>
      {changes.slice(0, MOST).map((change) => (
        <li key={change.label} className={classes.change}>
          <ChangeText change={change} />
        </li>
      ))}
      {left > 0 && (
        <li className={classes.more}>
          <Trans>and {left} more</Trans>
        </li>
      )}
    </ul>
  );
}

function ChangeText({ change }: { change: ShownChange }) {
  return (
    <>
      <span className={classes.label}>{change.label}</span>
      {change.old !== undefined && (
        <>
          <VisuallyHidden>
            <Trans>was</Trans>
          </VisuallyHidden>
          <span className={classes.old}>{change.old}</span>
          <ArrowRight size={12} aria-hidden />
          <VisuallyHidden>
            <Trans>and is now</Trans>
          </VisuallyHidden>
        </>
      )}
      <span className={classes.new}>{change.new ?? <Trans>nothing</Trans>}</span>
    </>
  );
}
