import { describe, expect, it } from "vitest";
import type { Comment } from "@/lib/api/types";
import type { Message } from "@/live/types";
import { withNotes } from "./notes";
import type { Row } from "./rows";

const at = (minute: number) => `2026-11-20T12:${String(minute).padStart(2, "0")}:00Z`;
const said = (id: string, minute: number) => ({ id, at: at(minute) }) as Comment;

function message(id: number, minute: number): Row {
  const one = { id, date: at(minute) } as Message;
  return { kind: "message", key: `m${id}`, message: one, parts: [one], opensGroup: true };
}

const DAY: Row = { kind: "day", key: "day", date: at(0) };
const MARK: Row = { kind: "unread", key: "unread" };
const SENDING = { kind: "outgoing", key: "own", outgoing: {} } as Row;
const ROWS = [DAY, message(1, 10), MARK, message(2, 20), SENDING];

const keys = (notes: Comment[], hasOlder = false) => withNotes(ROWS, notes, hasOlder).map((row) => row.key);

describe("internal comments between messages", () => {
  it("stand where they were said, above the day or mark of the message that came after them", () => {
    expect(keys([said("a", 5), said("b", 15), said("c", 20), said("d", 25)])).toEqual([
      ...["note-a", "day", "m1"],
      ...["note-b", "unread", "m2"],
      ...["note-c", "note-d", "own"],
    ]);
  });

  it("wait for the messages around them to be loaded", () => {
    expect(keys([said("a", 5), said("b", 15)], true)).toEqual(["day", "m1", "note-b", "unread", "m2", "own"]);
  });

  it("are all there is where nobody has written yet", () => {
    expect(withNotes([], [said("a", 5)], false).map((row) => row.key)).toEqual(["note-a"]);
  });

  it("leave the lines as they are where there are none", () => {
    expect(withNotes(ROWS, [], true)).toBe(ROWS);
  });
});
