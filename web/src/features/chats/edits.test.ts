import { describe, expect, it } from "vitest";
import { type StoredValue, ValueWriter } from "@/features/fields/writer";
import { ValueEdits } from "./edits";

const stored = (value: StoredValue["value"], version: number, is_cut = false): StoredValue => ({
  value,
  version,
  set_at: "2026-11-26T10:00:00.000Z",
  set_by: null,
  is_cut,
});

/** One cell, as it is shown and as the server keeps it. */
function editsOf(cell: StoredValue, whole = cell, isForGood = false) {
  const room = { shown: cell as StoredValue | undefined };
  const shown = {
    read: () => room.shown,
    show: (_chat: string, _column: string, value: StoredValue | undefined) => {
      room.shown = value;
    },
  };
  const put = async (_chat: string, _column: string, body: { value: StoredValue["value"] }) =>
    stored(body.value, (whole.version ?? 0) + 1);
  const writer = new ValueWriter(
    shown,
    put,
    () => {},
    async () => {},
  );
  return {
    room,
    edits: new ValueEdits(
      shown,
      writer,
      async () => whole,
      () => isForGood,
    ),
  };
}

describe("a long text that is shown by its beginning", () => {
  it("is shown whole once it was fetched, and its change can be undone", async () => {
    const { room, edits } = editsOf(stored("begin", 2, true), stored("begin and end", 2));
    expect(await edits.whole("C", "a")).toBe("begin and end");
    expect(room.shown).toMatchObject({ value: "begin and end", is_cut: false });
    edits.set("C", "a", "other");
    expect(edits.undo()).toMatchObject([{ before: "other", after: "begin and end" }]);
  });

  it("is not written over by its beginning when a change of it is undone", () => {
    const { edits } = editsOf(stored("begin", 2, true));
    expect(edits.setMany([{ chatId: "C", columnId: "a", value: null }]).changed).toBe(1);
    expect(edits.undo()).toEqual([]);
  });

  it("stays as it is where somebody wrote while it was fetched", async () => {
    const { room, edits } = editsOf(stored("theirs", 3), stored("begin and end", 2));
    await edits.whole("C", "a");
    expect(room.shown?.value).toBe("theirs");
  });
});

it("choosing the same options once more changes nothing", () => {
  const { edits } = editsOf(stored(["o1", "o2"], 1));
  expect(edits.setMany([{ chatId: "C", columnId: "a", value: ["o1", "o2"] }]).changed).toBe(0);
});

it("a file that was taken off is not put back by an undo", () => {
  const files = stored(["f1", "f2"], 1);
  const { edits, room } = editsOf(files, files, true);
  edits.set("C", "a", ["f2"]);
  expect(edits.undo()).toEqual([]);
  expect(room.shown?.value).toEqual(["f2"]);
});
