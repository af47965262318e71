/** What becomes of a file's columns, as it is chosen on the screen, and the plan that makes. Pure. */

import type { BegunImport, ImportPlan } from "@/lib/api/types";

/** What a column can be for besides a field: telling the chat. */
export const MATCHES = ["match:username", "match:chat_id"] as const;

type Match = (typeof MATCHES)[number];

export interface Choices {
  /** What each column is for: a field as the API names it, a `Match`, or null for nothing. */
  fields: readonly (string | null)[];
  /** The columns, by their places, whose fields get the options they lack. */
  making: ReadonlySet<number>;
  /** What empty cells do to what a chat has. */
  emptyCells: EmptyCells;
}

export type EmptyCells = NonNullable<ImportPlan["empty_cells"]>;

export function isMatch(choice: string | null): choice is Match {
  return MATCHES.some((each) => each === choice);
}

/** The choices the API's guess comes to. */
export function guessedChoices({ guess, import: { header } }: BegunImport): Choices {
  const meant = new Map(guess.targets.map(({ column, field }) => [column, field]));
  const fields = header.map((_, place) =>
    place === guess.match_column ? `match:${guess.match_by}` : (meant.get(place) ?? null),
  );
  return { fields, making: new Set(), emptyCells: "leave" };
}

/** The choices with another one for a column: nothing is meant by two columns, and one alone tells the chat. */
export function withField(choices: Choices, place: number, field: string | null): Choices {
  const isGivenUp = (other: string | null) =>
    field !== null && (other === field || (isMatch(field) && isMatch(other)));
  const fields = choices.fields.map((other, spot) => {
    if (spot === place) return field;
    return isGivenUp(other) ? null : other;
  });
  const isStill = (spot: number) => fields[spot] === choices.fields[spot];
  return { ...choices, fields, making: new Set([...choices.making].filter(isStill)) };
}

/** The choices with a column's missing options made, or not. */
export function withMaking(choices: Choices, place: number, isMaking: boolean): Choices {
  const others = [...choices.making].filter((spot) => spot !== place);
  return { ...choices, making: new Set(isMaking ? [...others, place] : others) };
}

/** The plan these choices make; undefined where no column tells the chat, or none is for a field. */
export function planOf({ fields, making, emptyCells }: Choices): Omit<ImportPlan, "mended"> | undefined {
  const match_column = fields.findIndex(isMatch);
  const targets = fields.flatMap((field, column) =>
    field === null || isMatch(field) ? [] : [{ column, field, make_options: making.has(column) }],
  );
  if (match_column < 0 || targets.length === 0) return undefined;
  const match_by = fields[match_column] === "match:chat_id" ? "chat_id" : "username";
  return { match_by, match_column, targets, empty_cells: emptyCells };
}
