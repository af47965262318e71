/** What each column of a file is for, as it is chosen on the screen, and the plan that makes. Pure. */

import type { BegunImport, ImportPlan } from "@/lib/api/types";

/** What a column can be for besides a field: telling the chat. */
export const MATCHES = ["match:username", "match:chat_id"] as const;

type Match = (typeof MATCHES)[number];

/** What each column is for: a field as the API names it, a `Match`, or null for nothing. */
export type Choices = readonly (string | null)[];

export function isMatch(choice: string | null): choice is Match {
  return MATCHES.some((each) => each === choice);
}

/** The choices the API's guess comes to. */
export function guessedChoices({ guess, import: { header } }: BegunImport): Choices {
  const fields = new Map(guess.targets.map(({ column, field }) => [column, field]));
  return header.map((_, place) =>
    place === guess.match_column ? `match:${guess.match_by}` : (fields.get(place) ?? null),
  );
}

/** The choices with another one for a column: nothing is meant by two columns, and one alone tells the chat. */
export function withChoice(choices: Choices, place: number, choice: string | null): Choices {
  const isGivenUp = (other: string | null) =>
    choice !== null && (other === choice || (isMatch(choice) && isMatch(other)));
  return choices.map((other, spot) => {
    if (spot === place) return choice;
    return isGivenUp(other) ? null : other;
  });
}

/** The plan these choices make; undefined where no column tells the chat, or none is for a field. */
export function planOf(choices: Choices): Omit<ImportPlan, "mended"> | undefined {
  const match_column = choices.findIndex(isMatch);
  const targets = choices.flatMap((field, column) =>
    field === null || isMatch(field) ? [] : [{ column, field }],
  );
  if (match_column < 0 || targets.length === 0) return undefined;
  const match_by = choices[match_column] === "match:chat_id" ? "chat_id" : "username";
  return { match_by, match_column, targets };
}
