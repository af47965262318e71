/**
 * The order of many rows, by up to three fields. Pure.
 *
 * Each value is turned once into its rank among all values of its field, a whole number; ranks are kept until a value
 * changes. Sorting is then the platform's own sort of numbers: rank and place in one, exact up to 2^53.
 */

export type Rank = string | number | null;

export interface Ranked<Row> {
  /** What the row is sorted by; null where it has nothing, which comes last in both directions. */
  rank: (row: Row) => Rank;
}

export interface Sort {
  field: string;
  order: "up" | "down";
}

/** More than the places and the ranks of any table: 2^22 · 2^22 stays exact. */
const ROOM = 2 ** 22;

interface Kept {
  values: readonly Rank[];
  ranks: Float64Array;
  count: number;
}

/** Orders rows, and remembers what of that holds for the next time. One for each table. */
export class Sorter<Row> {
  readonly #kept = new Map<string, Kept>();

  /**
   * The places of the rows that `isTaken`, in order. Rows that are equal in all fields keep the order they came in.
   * `fields` that are not there order nothing.
   */
  order(
    rows: readonly Row[],
    isTaken: (row: Row) => boolean,
    sorts: readonly Sort[],
    fields: ReadonlyMap<string, Ranked<Row>>,
  ): Row[] {
    let places = takenOf(rows, isTaken);
    for (const { field, order } of sorts.toReversed()) {
      const ranked = fields.get(field);
      if (ranked) places = sortedBy(places, this.#ranks(field, rows, ranked), order);
    }
    return Array.from(places, (place) => rows[place] as Row);
  }

  #ranks(field: string, rows: readonly Row[], { rank }: Ranked<Row>): Kept {
    const values = rows.map(rank);
    const kept = this.#kept.get(field);
    if (kept && isSame(kept.values, values)) return kept;
    const made = ranksOf(values);
    this.#kept.set(field, made);
    return made;
  }
}

function takenOf<Row>(rows: readonly Row[], isTaken: (row: Row) => boolean): Uint32Array {
  const places = new Uint32Array(rows.length);
  let count = 0;
  for (let place = 0; place < rows.length; place++) if (isTaken(rows[place] as Row)) places[count++] = place;
  return places.subarray(0, count);
}

/** Stable, since what is equal is told apart by where it stood. */
function sortedBy(places: Uint32Array, { ranks, count }: Kept, order: Sort["order"]): Uint32Array {
  const keys = new Float64Array(places.length);
  for (let at = 0; at < places.length; at++) {
    const rank = ranks[places[at] as number] as number;
    const turned = order === "down" && rank < count ? count - 1 - rank : rank;
    keys[at] = turned * ROOM + at;
  }
  keys.sort();
  return Uint32Array.from(keys, (key) => places[key % ROOM] as number);
}

/** `count` is how many different values there are, and the rank of what has none. */
function ranksOf(values: readonly Rank[]): Kept {
  const different = new Map<string | number, number>();
  for (const value of values) if (value !== null) different.set(value, 0);
  const sorted = sortedValues([...different.keys()]);
  for (const [rank, value] of sorted.entries()) different.set(value, rank);
  const ranks = Float64Array.from(values, (value) =>
    value === null ? sorted.length : (different.get(value) ?? sorted.length),
  );
  return { values, ranks, count: sorted.length };
}

function sortedValues(values: (string | number)[]): (string | number)[] {
  if (values.every((value) => typeof value === "number")) return [...Float64Array.from(values).sort()];
  const keyed = values.map((value) => [sortKey(String(value)), value] as const);
  const byKey = new Map<string, (string | number)[]>();
  for (const [key, value] of keyed) byKey.set(key, [...(byKey.get(key) ?? []), value]);
  return [...byKey.keys()].sort().flatMap((key) => (byKey.get(key) ?? []).sort());
}

/** Letters without their marks and in lower case: near to a dictionary, and a tenth of the time a collator takes. */
function sortKey(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the ASCII range begins with them.
  if (/^[\x00-\x7f]*$/.test(text)) return text.toLowerCase();
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

function isSame(one: readonly Rank[], other: readonly Rank[]): boolean {
  return one.length === other.length && one.every((value, place) => value === other[place]);
}
