import { beforeEach, describe, expect, it } from "vitest";
import { ApiError } from "@/lib/api/errors";
import { type RefusedWrite, type StoredValue, ValueWriter } from "./writer";

const stored = (value: string | null, version: number): StoredValue => ({
  value,
  version,
  set_at: "",
  set_by: null,
});
const change = (before: string | null, after: string | null) => ({
  chatId: "C",
  columnId: "a",
  before,
  after,
});

let shown: StoredValue | undefined;
let asked: { value: unknown; version: number | null }[];
let answers: ((value: StoredValue | ApiError) => void)[];
let refused: RefusedWrite[];
let writer: ValueWriter;
let backs: (() => void)[];

beforeEach(() => {
  shown = undefined;
  asked = [];
  answers = [];
  refused = [];
  backs = [];
  writer = new ValueWriter(
    {
      read: () => shown,
      show: (_chat, _column, value) => {
        shown = value;
      },
    },
    (_chat, _column, body) => {
      asked.push(body);
      return new Promise((resolve, reject) =>
        answers.push((answer) => (answer instanceof ApiError ? reject(answer) : resolve(answer))),
      );
    },
    (write) => refused.push(write),
    () => new Promise<void>((settle) => backs.push(settle)),
  );
});

const offline = () => new ApiError({ status: 0, code: "offline", title: "", detail: "" });
const passed = () => new Promise((resolve) => setTimeout(resolve));

describe("a written value", () => {
  it("is shown at once, and then as the server keeps it", async () => {
    const done = writer.write(change(null, "x"));
    expect(shown?.value).toBe("x");
    await passed();
    expect(asked).toEqual([{ value: "x", version: null }]);
    answers[0]?.(stored("x", 1));
    await done;
    expect(shown).toEqual(stored("x", 1));
  });

  it("waits for the version of the write before it; only the last wish is sent", async () => {
    const done = writer.write(change(null, "x"));
    await passed();
    void writer.write(change("x", "y"));
    void writer.write(change("y", "z"));
    answers[0]?.(stored("x", 1));
    await passed();
    expect(asked.at(-1)).toEqual({ value: "z", version: 1 });
    answers[1]?.(stored("z", 2));
    await done;
    expect(asked).toHaveLength(2);
    expect(shown).toEqual(stored("z", 2));
  });

  it("gives way to the value that stands", async () => {
    const done = writer.write(change(null, "x"));
    await passed();
    const standing = { column_id: "a", ...stored("theirs", 4) };
    answers[0]?.(new ApiError({ status: 409, code: "value-changed", title: "", detail: "", standing }));
    await done;
    expect(shown).toMatchObject({ value: "theirs", version: 4 });
    expect(refused).toMatchObject([{ standing: { value: "theirs" } }]);
  });

  it("gives way to what stands in the same field of a chat's own", async () => {
    const done = writer.write({ ...change(null, "high"), columnId: "card:priority" });
    await passed();
    const standing = { priority: "low", version: 5, changed: { priority: 4 } };
    answers[0]?.(new ApiError({ status: 409, code: "card-changed", title: "", detail: "", standing }));
    await done;
    expect(shown).toEqual(stored("low", 4));
    expect(refused).toMatchObject([{ standing: { value: "low" } }]);
  });

  it("waits while the server can't be reached, and is sent with the version it was made on", async () => {
    shown = stored("old", 3);
    const done = writer.write(change("old", "new"));
    await passed();
    answers[0]?.(offline());
    await passed();
    expect(shown?.value).toBe("new");
    expect([writer.isWaiting, refused]).toEqual([true, []]);
    writer.observe("C", "a", stored("theirs", 4));
    backs[0]?.();
    await passed();
    expect(asked.at(-1)).toEqual({ value: "new", version: 3 });
    const standing = { column_id: "a", ...stored("theirs", 4) };
    answers[1]?.(new ApiError({ status: 409, code: "value-changed", title: "", detail: "", standing }));
    await done;
    expect(shown).toMatchObject(stored("theirs", 4));
    expect(refused).toMatchObject([{ standing: { value: "theirs" } }]);
  });

  it("that waits gives way to a later one", async () => {
    const done = writer.write(change(null, "first"));
    await passed();
    answers[0]?.(offline());
    await passed();
    void writer.write(change("first", "second"));
    backs[0]?.();
    await passed();
    expect(asked.at(-1)).toEqual({ value: "second", version: null });
    answers[1]?.(stored("second", 1));
    await done;
    expect([shown, writer.isWaiting]).toEqual([stored("second", 1), false]);
  });

  it("is not overwritten by a live value that is older, and is by a newer one", async () => {
    const done = writer.write(change(null, "x"));
    await passed();
    writer.observe("C", "a", stored("theirs", 2));
    expect(shown?.value).toBe("x");
    answers[0]?.(stored("x", 1));
    await done;
    expect(shown).toEqual(stored("theirs", 2));
    writer.observe("C", "a", stored("late", 1));
    expect(shown).toEqual(stored("theirs", 2));
  });
});
