/** Entries in the language of the screen, with the names of the people, columns and roles they are about. */

import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { useMemo } from "react";

import { useStateName } from "@/features/accounts/connectionStates";
import { money } from "@/features/billing/money";
import { useColumns } from "@/features/fields/columns";
import { useTypeNames } from "@/features/fields/typeNames";
import { intervalNames, planNames } from "@/features/seats/words";
import { memberName, useMembers } from "@/features/workspaces/members/members";
import { flagWords, toggleWords } from "@/features/workspaces/permissionWords";
import { useRoleName } from "@/features/workspaces/roles";
import type {
  ActivityEntry,
  Column,
  ConnectionState,
  Flag,
  Interval,
  Member,
  Plan,
  Role,
  Toggle,
} from "@/lib/api/types";
import { useWorkspace } from "@/lib/session";
import { exactTime } from "@/lib/time";

import { type ColumnWords, type ShownChange, shownChanges, type Words } from "./shown";

const fieldNames: Readonly<Record<string, MessageDescriptor>> = {
  alias: msg`Alias`,
  assignee: msg`Assignee`,
  basic: msg`Basic seats`,
  by_priority: msg`Hours by priority`,
  cancels_at: msg`Ends at`,
  chat_ids: msg`Linked chats`,
  chats: msg`Chats`,
  currency: msg`Currency`,
  deletes_at: msg`Erased at`,
  description: msg`Description`,
  due_on: msg`Date`,
  email: msg`E-mail`,
  ends_at: msg`Good until`,
  entries: msg`Entries`,
  extra: msg`Extra accounts`,
  extra_accounts: msg`Extra accounts`,
  field: msg`Field`,
  flags: msg`Permissions`,
  first_name: msg`First name`,
  full_name: msg`Full name`,
  hours: msg`Hours`,
  interval: msg`Paid`,
  is_shared: msg`Shared`,
  label: msg`Label`,
  last_name: msg`Last name`,
  logo: msg`Logo`,
  name: msg`Name`,
  number: msg`Number`,
  options: msg`Options`,
  owner: msg`Owner`,
  paid_minor: msg`Sum paid`,
  paid_until: msg`Paid until`,
  pauses_while_pending: msg`Pause while pending`,
  period_end: msg`Period ends`,
  phone: msg`Phone number`,
  pieces: msg`Pieces`,
  plan: msg`Plan`,
  priority: msg`Priority`,
  pro: msg`Pro seats`,
  quotes: msg`Quoted messages`,
  reason: msg`Reason`,
  refunded_minor: msg`Given back`,
  required: msg`Required`,
  role: msg`Role`,
  shortcut: msg`Shortcut`,
  silent_days: msg`Days of silence`,
  state: msg`State`,
  status: msg`State`,
  total_minor: msg`Total`,
  title: msg`Title`,
  told: msg`Whom was told`,
  text: msg`Text`,
  type: msg`Type`,
  user_id: msg`Person`,
  username: msg`Username`,
  value: msg`Value`,
  values: msg`Values`,
  waiting_hours: msg`Hours of waiting`,
  warn_minutes: msg`Warning, in minutes`,
  working_hours: msg`Working hours`,
  work: msg`Work`,
};

/** Ends the names of fields that hold a sum in cents; seats are sold in EUR alone. */
const MINOR_UNITS = "_minor";

/** What changed in entries that changed one bare value. */
const wholeNames: Readonly<Record<string, MessageDescriptor>> = {
  "account.labelled": msg`Label`,
  "connection.end_requested": msg`State`,
  "seat.extra_accounts_changed": msg`Extra accounts`,
};

/** "first_day" becomes "First day": for fields this version has no name for. */
export function humanised(path: string): string {
  const words = (path.split(".").at(-1) ?? path).replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export type EntryWords = (entry: Pick<ActivityEntry, "kind" | "old" | "new">) => ShownChange[];

/** What an entry changed, in words. It stays the same function while nothing that is named has changed. */
export function useEntryWords(): EntryWords {
  const { i18n } = useLingui();
  const members = useMembers().data?.members;
  const columns = useColumns(useWorkspace().id).data;
  const words = useWords(members ?? []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words change with the language and the members alone.
  return useMemo(
    () => (entry) => shownChanges(entry, words, (id) => columnWords(columns?.find((each) => each.id === id))),
    [i18n.locale, members, columns],
  );
}

function columnWords(column: Column | undefined): ColumnWords | undefined {
  if (column === undefined) return undefined;
  const options = [...column.options, ...column.archived_options];
  return { name: column.name, option: (id) => options.find((each) => each.id === id)?.name };
}

function useWords(members: readonly Member[]): Words {
  const { t, i18n } = useLingui();
  const meaning = useMeaning(members);
  return {
    field: (path, kind) => {
      const last = path.split(".").at(-1) ?? path;
      const known = path === "" ? wholeNames[kind] : (fieldNames[last] ?? toggleWords[last as Toggle]?.title);
      return known ? i18n._(known) : humanised(path);
    },
    meaning,
    yes: t`on`,
    no: t`off`,
    excerpt: (beginning, characters) => t`${beginning}… (${characters} characters)`,
    moment: exactTime,
    number: (value, field) =>
      field.endsWith(MINOR_UNITS) ? money(value, "eur") : value.toLocaleString(i18n.locale),
  };
}

/** Words of the API, and ids of people, as the screens say them. */
function useMeaning(members: readonly Member[]): Words["meaning"] {
  const { t, i18n } = useLingui();
  const roleName = useRoleName();
  const stateName = useStateName();
  const types: Readonly<Record<string, string>> = useTypeNames();
  const byField: Record<string, (value: string) => string | undefined> = {
    role: (value) => roleName(value as Role),
    flags: (value) => i18n._(flagWords[value as Flag]?.title ?? value),
    state: (value) => stateName(value as ConnectionState),
    // The state of a connection, where that alone is the value.
    "": (value) => stateName(value as ConnectionState),
    type: (value) => types[value],
    priority: (value) => ({ low: t`Low`, medium: t`Medium`, high: t`High` })[value],
    plan: (value) => i18n._(planNames[value as Plan] ?? value),
    interval: (value) => i18n._(intervalNames[value as Interval] ?? value),
    logo: () => t`A picture`,
  };
  return (field, value) => {
    const person = members.find((each) => each.user_id === value);
    return person ? memberName(person) : byField[field]?.(value);
  };
}
