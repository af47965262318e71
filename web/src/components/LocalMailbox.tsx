/** On a laptop no mail leaves the machine: a way to what the local product would have sent. Nothing elsewhere. */

import { Trans } from "@lingui/react/macro";
import { Anchor } from "@mantine/core";

import { isLocalMode } from "@/lib/localMode";

export function LocalMailbox() {
  if (!isLocalMode) return null;
  return (
    <Anchor href="/dev/mail" target="_blank" rel="noreferrer" size="sm" underline="always">
      <Trans>Open the local mailbox</Trans>
    </Anchor>
  );
}
