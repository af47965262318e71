import { QueryClient } from "@tanstack/react-query";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { http } from "@/lib/api/client";
import type { Change } from "@/lib/api/types";
import { chatsQuery } from "../cache";
import { JournalReader } from "./journal";

const change = (kind: string, target: string) => ({ kind, target }) as Change;

let asked: string[];
let pages: Record<string, { changes: Change[]; next_cursor: string; has_more: boolean }>;
let applied: string[];
let refreshed: number;
let reached: (string | null)[];

function reader(cursor: string | null): JournalReader {
  const client = new QueryClient();
  client.setQueryData(chatsQuery("W").queryKey, {
    pages: [{ chats: [], next_cursor: null }],
    pageParams: [],
  });
  const kept = { cursor: Promise.resolve(cursor), readAsFarAs: (next: string | null) => reached.push(next) };
  return new JournalReader(
    { workspaceId: "W", client, kept: Promise.resolve(kept) },
    {
      apply: async ({ kind }) => {
        applied.push(kind);
      },
      refresh: async () => {
        refreshed++;
      },
    },
  );
}

beforeEach(() => {
  vi.useFakeTimers();
  [asked, applied, refreshed, reached] = [[], [], 0, []];
  vi.spyOn(http, "GET").mockImplementation((async (path: string, { params }: never) => {
    const { query, path: ids } = params as { query?: { cursor?: string }; path: { chat_id?: string } };
    asked.push(ids.chat_id ?? query?.cursor ?? "end");
    return { data: path.endsWith("/changes") ? pages[query?.cursor ?? "end"] : undefined };
  }) as never);
});

afterEach(() => vi.useRealTimers());

describe("the journal", () => {
  it("is read on from the cursor until there is no more, and only then", async () => {
    pages = {
      a: { changes: [change("value.set", "C")], next_cursor: "b", has_more: true },
      b: { changes: [change("column.changed", "S")], next_cursor: "c", has_more: false },
      c: { changes: [], next_cursor: "d", has_more: false },
    };
    const journal = reader("a");
    await journal.catchUp();
    expect([asked, applied, reached]).toEqual([
      ["a", "b"],
      ["value.set", "column.changed"],
      ["b", "c"],
    ]);
    await journal.catchUp();
    expect(asked).toEqual(["a", "b", "c"]);
    journal.stop();
  });

  it("asks for a chat that changed often once", async () => {
    const twice = [change("chat.changed", "C"), change("chat.changed", "C")];
    pages = { a: { changes: twice, next_cursor: "b", has_more: false } };
    const journal = reader("a");
    await journal.catchUp();
    expect([asked, refreshed]).toEqual([["a", "C"], 0]);
    journal.stop();
  });

  it("has all chats loaded where many changed", async () => {
    const many = Array.from({ length: 20 }, (_, id) => change("chat.changed", `C${id}`));
    pages = { a: { changes: many, next_cursor: "b", has_more: false } };
    const journal = reader("a");
    await journal.catchUp();
    expect([asked, refreshed]).toEqual([["a"], 1]);
    journal.stop();
  });

  it("is only found the end of where it is not known how far the rows are true", async () => {
    pages = { end: { changes: [change("value.set", "C")], next_cursor: "z", has_more: true } };
    const journal = reader(null);
    await journal.catchUp();
    expect([asked, applied, reached]).toEqual([["end"], [], ["z"]]);
    journal.stop();
  });
});
