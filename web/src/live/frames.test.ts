import { describe, expect, it } from "vitest";
import { readFrame } from "./frames";

const message = { id: 7, date: "2026-01-01T10:00:00Z", direction: "in", text: "hi" };

describe("a frame", () => {
  it("that is an event is read with every missing part as null", () => {
    const frame = readFrame(
      JSON.stringify({ seq: 3, type: "message.new", account_id: "A", chat_id: "C", message }),
    );
    expect(frame).toMatchObject({
      kind: "event",
      event: { seq: 3, message: { id: 7, entities: [], sender: null, media: null, client_id: null } },
    });
  });

  it("that answers a request carries its id", () => {
    const frame = readFrame(JSON.stringify({ re: "c1", type: "ok", result: { a: 1 } }));
    expect(frame).toEqual({ kind: "answer", answer: { re: "c1", type: "ok", result: { a: 1 } } });
  });

  it.each([
    ["of an unknown event", JSON.stringify({ seq: 9, type: "moon.risen" }), 9],
    ["that is no JSON", "{", null],
    [
      "with a message of a wrong shape",
      JSON.stringify({ seq: 4, type: "message.new", message: { id: "x" } }),
      4,
    ],
  ])("%s is skipped, and its number still counts", (_, text, seq) => {
    expect(readFrame(text)).toEqual({ kind: "skipped", seq });
  });
});
