/** Why a value does not fit, in words. */

import { t } from "@lingui/core/macro";
import type { Refusal } from "./values";

export function refusalText(refusal: Refusal): string {
  switch (refusal) {
    case "too-long":
      return t`At most 1,000 characters`;
    case "far-too-long":
      return t`At most 20,000 characters`;
    case "not-a-number":
      return t`Not a number`;
    case "not-a-date":
      return t`Not a date`;
    case "no-such-option":
      return t`No such option`;
    case "no-such-person":
      return t`Nobody here is called that`;
    case "not-a-file":
      return t`Files are attached one chat at a time`;
    case "not-yes-or-no":
      return t`Neither yes nor no`;
  }
}

/** Why a value can't be given to a cell that is not there any more. */
export function goneText(): string {
  return t`Someone deleted its column or its chat meanwhile`;
}
