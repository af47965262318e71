/** Whether the person's address is confirmed. */

import { Trans } from "@lingui/react/macro";
import { Badge } from "@mantine/core";

export function MailState({ isVerified }: { isVerified: boolean }) {
  return (
    <Badge variant="light" color={isVerified ? "green" : "yellow"}>
      {isVerified ? <Trans>Confirmed</Trans> : <Trans>Not confirmed</Trans>}
    </Badge>
  );
}
