/** What can be said of a new password before the server has seen it: how long it is. */

import { useLingui } from "@lingui/react/macro";
import { hasLength } from "@mantine/form";

export const MIN_LENGTH = 12;
export const MAX_LENGTH = 256;

/** The rule of a form's field. */
export function useNewPasswordRule() {
  const { t } = useLingui();
  return hasLength(
    { min: MIN_LENGTH, max: MAX_LENGTH },
    t`At least ${MIN_LENGTH} and at most ${MAX_LENGTH} characters.`,
  );
}
