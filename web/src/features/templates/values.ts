/** What a chat fills variables with, and what there is to choose from. Pure. */

import { accountTitle } from "@/features/accounts/accounts";
import type { Account, Chat, Column } from "@/lib/api/types";
import { namesOfPerson, spoken, type Values } from "./variables";

export const OF_COLUMNS = "column.";

/** First and last name are people's: a group has neither. */
export function valuesOf(chat: Chat, account: Account | undefined, columns: readonly Column[]): Values {
  const { first, last } = chat.kind === "private" ? namesOf(chat) : { first: "", last: "" };
  const ofColumns = columns
    .filter(isSaid)
    .map((column) => [
      `${OF_COLUMNS}${column.key}`,
      spoken(chat.values[column.id]?.value ?? null, optionNames(column)),
    ]);
  return {
    "contact.name": chat.title,
    "contact.first_name": first,
    "contact.last_name": last,
    "account.name": account ? accountTitle(account) : "",
    ...Object.fromEntries(ofColumns),
  };
}

/** What people here call somebody, or else what their name at Telegram tells. */
function namesOf({ card, title }: Chat): { first: string; last: string } {
  if (!card.first_name && !card.last_name) return namesOfPerson(title);
  return { first: card.first_name ?? "", last: card.last_name ?? "" };
}

/** Types of columns of which a chat's row has no words to send: ids, or the beginning of a text alone. */
const UNSAID = new Set<string>(["long_text", "person", "files"]);

export function isSaid({ type }: Column): boolean {
  return !UNSAID.has(type);
}

function optionNames({ options, archived_options }: Column): Record<string, string> {
  return Object.fromEntries([...options, ...archived_options].map(({ id, name }) => [id, name]));
}
