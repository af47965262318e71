/** Rows are kept in buckets by their id, so that a changed row costs the sealing of its bucket and not of all. Pure. */

export const BUCKETS = 256;

interface Identified {
  id: string;
}

/** The same row is always in the same bucket. Source: FNV-1a. */
export function bucketOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < id.length; at++) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
  return (hash >>> 0) % BUCKETS;
}

export function bucketName(bucket: number): string {
  return `rows-${bucket}`;
}

/** Which rows were written when, by the very objects they were: rows are never changed in place. */
export class Written<Row extends Identified> {
  #rows: ReadonlyMap<string, Row> = new Map();

  /** The buckets that differ from what was written, each with all of its rows. */
  changed(rows: readonly Row[]): Map<number, Row[]> {
    const dirty = new Set<number>();
    for (const row of rows) if (this.#rows.get(row.id) !== row) dirty.add(bucketOf(row.id));
    const present = new Set(rows.map(({ id }) => id));
    for (const id of this.#rows.keys()) if (!present.has(id)) dirty.add(bucketOf(id));
    const buckets = new Map([...dirty].map((bucket) => [bucket, [] as Row[]]));
    for (const row of rows) buckets.get(bucketOf(row.id))?.push(row);
    return buckets;
  }

  /** Says that these are what is written now. */
  note(rows: readonly Row[]): void {
    this.#rows = new Map(rows.map((row) => [row.id, row]));
  }
}
