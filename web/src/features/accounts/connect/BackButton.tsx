/** Leaves the attempt and begins another. */

import { Trans } from "@lingui/react/macro";
import { Button } from "@mantine/core";

export function BackButton({ onClick }: { onClick: () => void }) {
  return (
    <Button variant="subtle" color="gray" onClick={onClick}>
      <Trans>Start over</Trans>
    </Button>
  );
}
