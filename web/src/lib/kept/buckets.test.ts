import { describe, expect, it } from "vitest";
import { BUCKETS, bucketOf, Written } from "./buckets";

const row = (id: string, value = 0) => ({ id, value });

describe("buckets of rows", () => {
  it("are all used, none by many more than others", () => {
    const ids = Array.from({ length: BUCKETS * 40 }, (_, id) => `CHAT${id}`);
    const sizes = [...Map.groupBy(ids, bucketOf).values()].map(({ length }) => length);
    expect(sizes).toHaveLength(BUCKETS);
    expect(Math.min(...sizes)).toBeGreaterThan(10);
    expect(Math.max(...sizes)).toBeLessThan(100);
  });

  it("are written when a row of theirs came, changed or went, and no others", () => {
    const rows = Array.from({ length: 1_000 }, (_, id) => row(`C${id}`));
    const written = new Written<ReturnType<typeof row>>();
    expect([...written.changed(rows).values()].flat()).toHaveLength(1_000);
    written.note(rows);
    expect(written.changed(rows).size).toBe(0);
    const changed = rows.map((each) => (each.id === "C7" ? row("C7", 1) : each));
    expect([...written.changed(changed).keys()]).toEqual([bucketOf("C7")]);
    expect(written.changed(changed).get(bucketOf("C7"))).toContainEqual(row("C7", 1));
    expect([...written.changed(rows.slice(1)).keys()]).toEqual([bucketOf("C0")]);
    expect([...written.changed([...rows, row("new")]).keys()]).toEqual([bucketOf("new")]);
  });
});
