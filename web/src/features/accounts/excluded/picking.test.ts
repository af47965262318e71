import { describe, expect, it } from "vitest";
import type { ExcludedChat } from "@/lib/api/types";
import { matching, switched } from "./picking";

const chat = (title: string): ExcludedChat => ({
  id: title,
  title,
  kind: "group",
  member_count: null,
  last_message_at: null,
});

describe("chats that stay out", () => {
  it("are found by every word of a search, in any order", () => {
    const chats = ["Harbour office", "Harbour market", "Office party"].map(chat);
    const found = (words: string) => matching(chats, words).map((each) => each.title);
    expect(found("")).toHaveLength(3);
    expect(found("office harb")).toEqual(["Harbour office"]);
    expect(found("OFFICE")).toEqual(["Harbour office", "Office party"]);
    expect(found("nowhere")).toEqual([]);
  });

  it("are of the kinds that were not switched to come in", () => {
    expect(switched(["group", "channel"], "group", true)).toEqual(["channel"]);
    expect(switched(["channel"], "group", false)).toEqual(["channel", "group"]);
    expect(switched(["group"], "group", false)).toEqual(["group"]);
  });
});
