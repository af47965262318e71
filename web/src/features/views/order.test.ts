import { describe, expect, it } from "vitest";
import { type Rank, type Ranked, type Sort, Sorter } from "./order";

type Row = Readonly<Record<string, Rank>>;

const fields = new Map<string, Ranked<Row>>(
  ["a", "b", "c"].map((name) => [name, { rank: (row) => row[name] ?? null }]),
);

function ordered(rows: readonly Row[], ...sorts: Sort[]): Row[] {
  return new Sorter<Row>().order(rows, () => true, sorts, fields);
}

const up = (field: string): Sort => ({ field, order: "up" });
const down = (field: string): Sort => ({ field, order: "down" });
const column = (rows: readonly Row[], name: string) => rows.map((row) => row[name] ?? null);

describe("rows", () => {
  it("stand in the order of numbers, and what has none comes last in both directions", () => {
    const rows = [3, null, -1, 10, 0].map((a) => ({ a }));
    expect(column(ordered(rows, up("a")), "a")).toEqual([-1, 0, 3, 10, null]);
    expect(column(ordered(rows, down("a")), "a")).toEqual([10, 3, 0, -1, null]);
  });

  it("stand in the order of letters, whatever their case and marks", () => {
    const names = ["Zoë", "ähnlich", "Anna", "zoe", "Čech", "Борис", "адам", "b"];
    const rows = names.map((a) => ({ a }));
    const found = column(ordered(rows, up("a")), "a");
    expect(found).toEqual(["ähnlich", "Anna", "b", "Čech", "Zoë", "zoe", "адам", "Борис"]);
  });

  it("that are equal in the first field follow the second, then the third, then how they came", () => {
    const rows = [
      { a: 1, b: "x", c: 2, id: 1 },
      { a: 1, b: "y", c: 1, id: 2 },
      { a: 0, b: "y", c: 1, id: 3 },
      { a: 1, b: "x", c: 2, id: 4 },
      { a: 1, b: "x", c: 3, id: 5 },
    ];
    expect(column(ordered(rows, up("a"), down("b"), down("c")), "id")).toEqual([3, 2, 5, 1, 4]);
  });

  it("are ordered by nothing where the field is gone", () => {
    const rows = [{ a: 2 }, { a: 1 }];
    expect(ordered(rows, up("gone"))).toEqual(rows);
  });

  it("that are not taken are left out", () => {
    const found = new Sorter<Row>().order([{ a: 2 }, { a: 1 }], ({ a }) => a !== 2, [up("a")], fields);
    expect(found).toEqual([{ a: 1 }]);
  });

  it("are ordered anew when a value changed since the last time", () => {
    const sorter = new Sorter<Row>();
    const order = (rows: readonly Row[]) =>
      column(
        sorter.order(rows, () => true, [up("a")], fields),
        "a",
      );
    expect(order([{ a: 2 }, { a: 1 }])).toEqual([1, 2]);
    expect(order([{ a: 2 }, { a: 3 }])).toEqual([2, 3]);
    expect(order([{ a: 2 }, { a: 3 }, { a: 0 }])).toEqual([0, 2, 3]);
  });

  it("in their thousands stand as a plain sort has them", () => {
    let seed = 7;
    const random = () => {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
      return seed;
    };
    const rows = Array.from({ length: 5_000 }, (_, id) => ({ a: random() % 50, b: random() % 1_000, id }));
    const plain = rows.toSorted((x, y) => y.a - x.a || x.b - y.b);
    expect(ordered(rows, down("a"), up("b"))).toEqual(plain);
  });
});
