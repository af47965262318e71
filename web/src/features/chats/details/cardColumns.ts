/** A chat's own fields as columns, so that the same editors, history and refusals serve both. */

import { t } from "@lingui/core/macro";
import { cardFieldName } from "@/features/fields/cardFieldNames";
import { type CardField, cardFields, columnIdOf } from "@/features/fields/cardFields";
import type { Account, Chat, Column, ColumnOption } from "@/lib/api/types";
import { hueOf } from "../faces";

type People = Pick<Column, "options" | "archived_options">;

/** The columns of one chat's fields: who can be assigned depends on its account. */
export function cardColumns(chat: Chat, account: Account | undefined): Column[] {
  return cardFields.map((field, position) => columnOf(field, position, assignees(chat, account)));
}

/**
 * Those that many chats have in common: who is connected to any of the accounts can be assigned. `assigned` are the
 * people who look after any of the chats; each of them can be read, wherever they went.
 */
export function manyChatsColumns(accounts: readonly Account[], assigned: readonly string[] = []): Column[] {
  const people = new Map(accounts.flatMap(connected).map((each) => [each.id, each]));
  const named = accounts.flatMap(disconnected);
  const former = assigned
    .filter((id) => !people.has(id))
    .map((id) => named.find((each) => each.id === id) ?? person(id, t`Somebody who left`));
  const fields: CardField[] = ["assignee", "priority"];
  return fields.map((field, position) =>
    columnOf(field, position, { options: [...people.values()], archived_options: former }),
  );
}

function columnOf(field: CardField, position: number, people: People): Column {
  const said = {
    id: columnIdOf(field),
    key: field,
    name: cardFieldName(field),
    description: "",
    position,
    version: 1,
  };
  const unset = { required: false, reserved: true, default: null, conversion: null, merge: null };
  return { ...said, ...unset, ...kindOf(field, people) };
}

function kindOf(field: CardField, people: People): People & Pick<Column, "type"> {
  if (field === "assignee") return { type: "select", ...people };
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
function assignees({ card }: Chat, account: Account | undefined): People {
  const known = account?.connections ?? [];
  const options = account ? connected(account) : [];
  const gone = account ? disconnected(account) : [];
  const isKnown = known.some((each) => each.user_id === card.assignee);
  const former = card.assignee && !isKnown ? [person(card.assignee, t`Somebody who left`)] : [];
  return { options, archived_options: [...gone, ...former] };
}

function connected({ connections }: Account): ColumnOption[] {
  const open = connections.filter((each) => each.state !== "disconnected");
  return open.map((each) => person(each.user_id, each.full_name));
}

function disconnected({ connections }: Account): ColumnOption[] {
  const ended = connections.filter((each) => each.state === "disconnected");
  return ended.map((each) => person(each.user_id, t`${each.full_name} (no longer connected)`));
}

function person(id: string, name: string): ColumnOption {
  return { id, name, hue: hueOf(id) };
}
