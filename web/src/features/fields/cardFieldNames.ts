/** What a chat's own fields are called. */

import { t } from "@lingui/core/macro";
import type { CardField } from "./cardFields";

export function cardFieldName(field: CardField): string {
  switch (field) {
    case "assignee":
      return t`Assignee`;
    case "priority":
      return t`Priority`;
    case "first_name":
      return t`First name`;
    case "last_name":
      return t`Last name`;
    case "email":
      return t`E-mail`;
    case "phone":
      return t`Phone number`;
  }
}
