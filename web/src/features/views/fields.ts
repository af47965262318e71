/** What a table's rows can be filtered and sorted by. */

import type { Kinds } from "./filter/model";
import type { Readable } from "./filter/predicate";
import type { Ranked } from "./order";

export interface Choice {
  value: string;
  label: string;
}

/** A field of the rows of one table, with the words people know it by. */
export interface Field<Row> extends Readable<Row>, Ranked<Row> {
  name: string;
  label: string;
  /** What a choice, choices or a person can be. */
  choices?: readonly Choice[];
}

export type Fields<Row> = ReadonlyMap<string, Field<Row>>;

/** What the builder and the words need of a field: not its rows. */
export type FieldFacts = Pick<Field<never>, "name" | "label" | "kind" | "choices">;
export type FieldBook = ReadonlyMap<string, FieldFacts>;

export function kindsOf(fields: FieldBook): Kinds {
  return new Map([...fields].map(([name, { kind }]) => [name, kind]));
}
