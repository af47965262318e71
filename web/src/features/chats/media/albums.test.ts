import { describe, expect, it } from "vitest";
import type { Message } from "@/live/types";
import { albumIds, emptyLog, withLatestPage } from "../messages/log";
import { rowsOf } from "../messages/rows";

function picture(id: number, album: string | null): Message {
  const nothing = {
    name: null,
    size: null,
    mime: null,
    width: null,
    height: null,
    duration_s: null,
    thumb: null,
  };
  return {
    id,
    date: "2026-01-01T10:00:00",
    direction: "in",
    sender: { id: "1", name: "Ann" },
    text: "",
    entities: [],
    reply_to_id: null,
    edited_at: null,
    media: { kind: "photo", ...nothing, album_id: album },
    client_id: null,
    reactions: [],
    forwarded_from: null,
    views: null,
    is_pinned: false,
    is_scheduled: false,
  };
}

const log = withLatestPage(emptyLog, {
  messages: [picture(1, "A"), picture(2, "A"), picture(3, "B"), picture(4, null), picture(5, null)],
  has_more: false,
});

describe("an album", () => {
  it("is one line, and pictures of none stand alone", () => {
    const lines = rowsOf(log, null).flatMap((row) => (row.kind === "message" ? [row.parts] : []));
    expect(lines.map((parts) => parts.map((each) => each.id))).toEqual([[1, 2], [3], [4], [5]]);
  });

  it("is cut where what is unread begins", () => {
    const lines = rowsOf(log, 2).flatMap((row) => (row.kind === "message" ? [row.parts.length] : []));
    expect(lines[0]).toBe(1);
  });

  it("is deleted whole", () => {
    expect(albumIds(log, picture(1, "A"))).toEqual([1, 2]);
    expect(albumIds(log, picture(4, null))).toEqual([4]);
    expect(albumIds(log, picture(9, "C"))).toEqual([9]);
  });
});
