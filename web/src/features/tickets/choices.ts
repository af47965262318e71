/** What the parts of a ticket can be set to, in the language of the screen. */

import { useLingui } from "@lingui/react/macro";
import { memberName, useMembers } from "@/features/workspaces/members/members";
import type { Option } from "./Choice";
import { priorityOrder, statusOrder } from "./orders";
import { type Priority, priorities, type Status, statuses } from "./words";

export function useStatusOptions(): Option<Status>[] {
  const { i18n } = useLingui();
  return statusOrder.map((value) => ({
    value,
    label: i18n._(statuses[value].name),
    hue: statuses[value].hue,
  }));
}

export function usePriorityOptions(): Option<Priority>[] {
  const { i18n } = useLingui();
  return priorityOrder.map((value) => ({
    value,
    label: i18n._(priorities[value].name),
    hue: priorities[value].hue,
  }));
}

/** What members are called, by their ids; somebody who left has a name no more. */
export function useMemberNames(): (userId: string) => string {
  const { t } = useLingui();
  const members = useMembers().data?.members ?? [];
  const names = new Map(members.map((member) => [member.user_id, memberName(member)]));
  return (userId) => names.get(userId) ?? t`Somebody who left`;
}

/** Everybody a ticket can be given to, and nobody (empty); whoever has it stays choosable. */
export function useAssigneeOptions(assignee: string | null): Option<string>[] {
  const { t } = useLingui();
  const nameOf = useMemberNames();
  const ids = (useMembers().data?.members ?? []).map((member) => member.user_id);
  const all = assignee === null || ids.includes(assignee) ? ids : [...ids, assignee];
  return [{ value: "", label: t`Nobody` }, ...all.map((value) => ({ value, label: nameOf(value) }))];
}
