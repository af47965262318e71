/** The log as a file, once a minute. */

import { Trans } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { Download } from "lucide-react";

import { minutesAndSeconds, secondsUntil, useNowMs } from "@/lib/clock";

import type { Exporting } from "./useExport";

export function ExportButton({ exporting }: { exporting: Exporting }) {
  const waitS = secondsUntil(exporting.nextAtMs, useNowMs());
  const clock = minutesAndSeconds(waitS);
  return (
    <Button
      size="xs"
      variant="default"
      className="tabular"
      leftSection={<Download size={16} aria-hidden />}
      disabled={waitS > 0 || exporting.isRunning}
      onClick={exporting.start}
    >
      {waitS > 0 ? <Trans>Export again in {clock}</Trans> : <Trans>Export CSV</Trans>}
    </Button>
  );
}
