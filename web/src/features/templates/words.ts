/** What variables are called on the screen, and which there are. */

import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { useColumns } from "@/features/fields/columns";
import { useWorkspace } from "@/lib/session";
import { isSaid, OF_COLUMNS } from "./values";

const ofEveryChat: Readonly<Record<string, MessageDescriptor>> = {
  "contact.first_name": msg`First name`,
  "contact.last_name": msg`Last name`,
  "contact.name": msg`Contact or group`,
  "account.name": msg`Telegram account`,
};

export interface VariableWord {
  name: string;
  label: string;
}

export interface VariableWords {
  ofEveryChat: VariableWord[];
  ofColumns: VariableWord[];
  /** What a variable is called; one that nobody knows any more by its own name. */
  label: (name: string) => string;
}

export function useVariableWords(): VariableWords {
  const { i18n } = useLingui();
  const columns = useColumns(useWorkspace().id).data ?? [];
  const fixed = Object.entries(ofEveryChat).map(([name, label]) => ({ name, label: i18n._(label) }));
  const ofColumns = columns
    .filter(isSaid)
    .map(({ key, name }) => ({ name: `${OF_COLUMNS}${key}`, label: name }));
  const labels = new Map([...fixed, ...ofColumns].map(({ name, label }) => [name, label]));
  return { ofEveryChat: fixed, ofColumns, label: (name) => labels.get(name) ?? name };
}
