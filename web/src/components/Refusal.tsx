/** Why a form was refused and what to do, above the form. */

import { Trans } from "@lingui/react/macro";
import { VisuallyHidden } from "@mantine/core";

import { ApiError } from "@/lib/api/errors";
import { minutesAndSeconds } from "@/lib/clock";
import { problemText, requestIdOf } from "@/lib/problemText";
import { useWait } from "@/lib/wait";

import { CopyText } from "./CopyText";
import { FormProblem } from "./FormProblem";

interface Props {
  /** What the request was refused with; null for none. */
  error: unknown;
  /** Words of the form's own, where the API's do not fit. */
  text?: string | undefined;
}

/** After too many tries it counts down, and goes away when the next try is allowed. */
export function Refusal({ error, text }: Props) {
  if (error === null || error === undefined) return null;
  if (error instanceof ApiError && error.status === 429 && error.retryAtMs !== undefined)
    return <Wait error={error} />;
  const requestId = error instanceof ApiError && error.status >= 500 ? requestIdOf(error) : undefined;
  return (
    <FormProblem>
      {text ?? problemText(error)}
      {requestId && <CopyText label={<Trans>Request</Trans>} text={requestId} />}
    </FormProblem>
  );
}

/** The eye sees the seconds run; a screen reader hears once how long it is. */
function Wait({ error }: { error: ApiError }) {
  const left = useWait(error);
  if (left === 0) return null;
  const clock = minutesAndSeconds(left);
  return (
    <FormProblem>
      <VisuallyHidden>{problemText(error)}</VisuallyHidden>
      <span className="tabular" aria-hidden="true">
        <Trans>Too many attempts. Try again in {clock}.</Trans>
      </span>
    </FormProblem>
  );
}
