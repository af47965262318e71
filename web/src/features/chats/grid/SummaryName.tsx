/** A summary in words, as a choice. */

import { Trans } from "@lingui/react/macro";
import type { SummaryKind } from "./layout";

export function SummaryName({ kind }: { kind: SummaryKind }) {
  switch (kind) {
    case "filled":
      return <Trans>How many are filled</Trans>;
    case "empty":
      return <Trans>How many are empty</Trans>;
    case "percent":
      return <Trans>Share that is filled</Trans>;
    case "sum":
      return <Trans>Sum</Trans>;
    case "average":
      return <Trans>Average</Trans>;
    case "least":
      return <Trans>Least</Trans>;
    case "most":
      return <Trans>Most</Trans>;
  }
}
