import { describe, expect, it } from "vitest";
import type { Chat } from "@/lib/api/types";
import { changedByOthers } from "./changedCells";

function chat(id: string, version: number, set_by: string | null): Chat {
  const values = { stage: { value: "x", version, set_by, set_at: "2026-03-01T00:00:00Z" } };
  return { id, values } as unknown as Chat;
}

describe("cells that somebody else changed", () => {
  it("are those with a newer version by another person", () => {
    const was = [chat("a", 1, "me"), chat("b", 1, "me"), chat("c", 1, "me")];
    const now = [chat("a", 2, "other"), chat("b", 2, "me"), chat("c", 1, "me")];
    expect(changedByOthers(was, now, "me")).toEqual(["a/stage"]);
  });

  it("are none when an edit of one's own is only guessed, or a chat has just come", () => {
    const was = [chat("a", 1, "other")];
    expect(changedByOthers(was, [chat("a", 1, "other"), chat("b", 3, "other")], "me")).toEqual([]);
    expect(changedByOthers([], was, "me")).toEqual([]);
  });

  it("are none when nobody is named: an automation says who it is", () => {
    expect(changedByOthers([chat("a", 1, "me")], [chat("a", 2, null)], "me")).toEqual([]);
  });
});
