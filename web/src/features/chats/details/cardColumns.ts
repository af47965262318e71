/** A chat's own fields as columns, so that the same editors, history and refusals serve both. */

import { t } from "@lingui/core/macro";
import { type CardField, cardFields, columnIdOf } from "@/features/fields/cardFields";
import type { Account, Chat, Column, ColumnOption, Hue } from "@/lib/api/types";
import { hueOf } from "../faces";

/** The columns of one chat's fields: who can be assigned depends on its account. */
export function cardColumns(chat: Chat, account: Account | undefined): Column[] {
  return cardFields.map((field, position) => {
    const shape = { id: columnIdOf(field), key: field, name: nameOf(field), position, version: 1 };
    return { ...shape, ...kindOf(field, chat, account) };
  });
}

function nameOf(field: CardField): string {
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

type Kind = Pick<Column, "type" | "options" | "archived_options">;

function kindOf(field: CardField, chat: Chat, account: Account | undefined): Kind {
  if (field === "assignee") return { type: "select", ...assignees(chat, account) };
  return { type: field === "priority" ? "select" : "text", options: priorities(field), archived_options: [] };
}

function priorities(field: CardField): ColumnOption[] {
  if (field !== "priority") return [];
  return [
    { id: "high", name: t`High`, hue: "red" },
    { id: "medium", name: t`Medium`, hue: "amber" },
    { id: "low", name: t`Low`, hue: "blue" },
  ];
}

/** Members who are connected can be chosen; who was and is not any more is shown as that. */
function assignees({ card }: Chat, account: Account | undefined) {
  const known = account?.connections ?? [];
  const options = known
    .filter((each) => each.state !== "disconnected")
    .map((each) => person(each.user_id, each.full_name));
  const gone = known
    .filter((each) => each.state === "disconnected")
    .map((each) => person(each.user_id, t`${each.full_name} (no longer connected)`));
  const isKnown = known.some((each) => each.user_id === card.assignee);
  const former = card.assignee && !isKnown ? [person(card.assignee, t`Somebody who left`)] : [];
  return { options, archived_options: [...gone, ...former] };
}

function person(id: string, name: string): { id: string; name: string; hue: Hue } {
  return { id, name, hue: hueOf(id) };
}
