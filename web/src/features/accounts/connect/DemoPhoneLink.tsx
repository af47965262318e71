/** In the local product a page plays the person's phone: it approves QR codes and shows login codes. */

import { Trans } from "@lingui/react/macro";
import { Anchor } from "@mantine/core";

import { isLocalMode } from "@/lib/localMode";

export function DemoPhoneLink({ approve }: { approve?: string }) {
  if (!isLocalMode) return null;
  const fragment = approve === undefined ? "" : `#approve=${encodeURIComponent(approve)}`;
  return (
    <Anchor href={`/dev/phone/${fragment}`} target="_blank" rel="noreferrer" size="sm" underline="always">
      <Trans>Open the demo phone</Trans>
    </Anchor>
  );
}
