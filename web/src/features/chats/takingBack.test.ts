import { beforeEach, describe, expect, it } from "vitest";
import { type StoredValue, ValueWriter } from "@/features/fields/writer";
import { ValueEdits } from "./edits";

let shown: Map<string, StoredValue>;
let edits: ValueEdits;

const stored = (value: StoredValue["value"], version: number): StoredValue => ({
  value,
  version,
  set_at: "",
  set_by: null,
  is_cut: false,
});
const wish = (columnId: string, value: StoredValue["value"]) => ({ chatId: "chat", columnId, value });
const value = (columnId: string) => shown.get(columnId)?.value ?? null;

beforeEach(() => {
  shown = new Map();
  const values = {
    read: (_chat: string, columnId: string) => shown.get(columnId),
    show: (_chat: string, columnId: string, is: StoredValue | undefined) => {
      if (is) shown.set(columnId, is);
      else shown.delete(columnId);
    },
  };
  const put = async (
    _chat: string,
    _column: string,
    body: { value: StoredValue["value"]; version: number | null },
  ) => stored(body.value, (body.version ?? 0) + 1);
  const writer = new ValueWriter(
    values,
    put,
    () => {},
    async () => {},
  );
  edits = new ValueEdits(values, writer, async (_chat, columnId) => shown.get(columnId) ?? stored(null, 0));
});

describe("taking one act back", () => {
  it("is undoing it, while it was the last", () => {
    const { step } = edits.setMany([wish("a", "x"), wish("b", "y")]);
    edits.takeBack(step);
    expect([value("a"), value("b")]).toEqual([null, null]);
    expect(edits.history.done).toEqual([]);
  });

  it("leaves what was done after it alone, and can itself be undone", () => {
    const { step } = edits.setMany([wish("a", "x"), wish("b", "y")]);
    edits.set("chat", "c", "later");
    edits.takeBack(step);
    expect([value("a"), value("b"), value("c")]).toEqual([null, null, "later"]);
    edits.undo();
    expect([value("a"), value("b"), value("c")]).toEqual(["x", "y", "later"]);
  });

  it("leaves a value that was changed again, by whomever, as it is", () => {
    const { step } = edits.setMany([wish("a", "x"), wish("b", "y")]);
    edits.set("chat", "c", "later");
    shown.set("a", stored("theirs", 9));
    edits.takeBack(step);
    expect([value("a"), value("b")]).toEqual(["theirs", null]);
  });

  it("is nothing when nothing changed", () => {
    shown.set("a", stored("x", 1));
    expect(edits.setMany([wish("a", "x")])).toEqual({ changed: 0, step: [] });
  });

  it("knows a list of options again by what is in it", () => {
    const { step } = edits.setMany([wish("a", ["one", "two"])]);
    edits.set("chat", "b", "later");
    shown.set("a", stored(["one", "two"], 2));
    edits.takeBack(step);
    expect(value("a")).toBeNull();
  });

  it("leaves a text alone that was only known by its beginning", () => {
    shown.set("a", { ...stored("begin", 1), is_cut: true });
    const { changed, step } = edits.setMany([wish("a", "other"), wish("b", "y")]);
    edits.takeBack(step);
    expect([changed, value("a"), value("b")]).toEqual([2, "other", null]);
  });
});
