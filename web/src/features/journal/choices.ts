/** What the filters of the log offer. */

import { useLingui } from "@lingui/react/macro";
import type { ComboboxData, ComboboxItemGroup } from "@mantine/core";

import { accountTitle, useAccounts } from "@/features/accounts/accounts";
import { useColumns } from "@/features/fields/columns";
import { memberName, useMembers } from "@/features/workspaces/members/members";
import { useWorkspace } from "@/lib/session";

import { kindsOf, nouns, sentenceOf } from "./events";
import { OURSELVES } from "./filtered";

/** A filter that came with the address may name what is in no list: it stays choosable. */
function withChosen<Item extends { value: string; label: string }>(
  items: Item[],
  chosen: string | undefined,
  label: string,
) {
  const isKnown = chosen === undefined || items.some((each) => each.value === chosen);
  return isKnown ? items : [...items, { value: chosen, label }];
}

export function useActorChoices(chosen: string | undefined): ComboboxData {
  const { t } = useLingui();
  const members = useMembers().data?.members ?? [];
  const people = members.map((member) => ({ value: member.user_id, label: memberName(member) }));
  return withChosen([...people, { value: OURSELVES, label: "Wireroom" }], chosen, t`Somebody who left`);
}

/** Each noun as a whole, then its events one by one. */
export function useKindChoices(chosen: string | undefined): ComboboxData {
  const { t, i18n } = useLingui();
  const wordsOf = (kind: string) => {
    const sentence = sentenceOf(kind);
    return sentence ? i18n._(sentence) : kind;
  };
  const groups = Object.entries(nouns).map(([noun, { label }]) => {
    const group = i18n._(label);
    const events = kindsOf(noun).map((kind) => ({ value: kind, label: wordsOf(kind) }));
    return { group, items: [{ value: noun, label: t`${group}: everything` }, ...events] };
  });
  const isKnown = groups.some((each) => each.items.some((item) => item.value === chosen));
  if (chosen === undefined || isKnown) return groups;
  return [...groups, { group: t`Other`, items: [{ value: chosen, label: chosen }] }];
}

export function useObjectChoices(chosen: string | undefined): ComboboxData {
  const { t } = useLingui();
  const members = useMembers().data?.members ?? [];
  const columns = useColumns(useWorkspace().id).data ?? [];
  const accounts = useAccounts().data?.accounts ?? [];
  const groups: ComboboxItemGroup<{ value: string; label: string }>[] = [
    { group: t`Members`, items: members.map((each) => ({ value: each.user_id, label: memberName(each) })) },
    { group: t`Columns`, items: columns.map((each) => ({ value: each.id, label: each.name })) },
    {
      group: t`Telegram accounts`,
      items: accounts.map((each) => ({ value: each.id, label: accountTitle(each) })),
    },
  ];
  const filled = groups.filter((each) => each.items.length > 0);
  const isKnown = filled.some((each) => each.items.some((item) => item.value === chosen));
  if (chosen === undefined || isKnown) return filled;
  return [...filled, { group: t`Other`, items: [{ value: chosen, label: t`The chosen object` }] }];
}
