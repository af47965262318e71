/** How far a dialog of several steps has come. */

import { Trans } from "@lingui/react/macro";
import { Text } from "@mantine/core";

import classes from "./Steps.module.css";

/** `at` counts from 1. */
export function Steps({ at, of }: { at: number; of: number }) {
  return (
    <div className={classes.steps}>
      <div className={classes.bars} aria-hidden="true">
        {Array.from({ length: of }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a step is its number.
          <span key={index} data-reached={index < at} />
        ))}
      </div>
      <Text size="xs" c="dimmed" role="status">
        <Trans>
          Step {at} of {of}
        </Trans>
      </Text>
    </div>
  );
}
