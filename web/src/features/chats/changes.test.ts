import { QueryClient } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { columnsQuery } from "@/features/fields/columnsQuery";
import type { StoredValue, ValueWriter } from "@/features/fields/writer";
import { http } from "@/lib/api/client";
import type { Change } from "@/lib/api/types";
import { chatsQuery } from "./cache";
import { apply } from "./changes";
import type { Shown } from "./live";

const CHAT = "0".repeat(42);
const OTHER = "1".repeat(42);

let observed: [string, string, unknown, number][];
let client: QueryClient;
let shown: Shown;

beforeEach(() => {
  observed = [];
  client = new QueryClient();
  const writer = {
    observe: (chatId: string, columnId: string, { value, version }: StoredValue) =>
      observed.push([chatId, columnId, value, version]),
  } as unknown as ValueWriter;
  const editing = { open: async () => ({ writer }) };
  shown = { workspaceId: "W", client, editing, leftOut: new Set() } as unknown as Shown;
});

afterEach(() => vi.restoreAllMocks());

const change = (kind: string, facts: Partial<Change>): Change => ({
  id: "E",
  at: "2026-11-26T00:00:00Z",
  kind,
  actor: { kind: "user", id: "U", name: "Ada" },
  target: CHAT,
  old: null,
  new: null,
  ...facts,
});

it("shows each field of a card that changed, by itself", async () => {
  await apply(shown, change("card.changed", { new: { priority: "high", phone: null, version: 4 } }));
  expect(observed).toEqual([
    [CHAT, "card:priority", "high", 4],
    [CHAT, "card:phone", null, 4],
  ]);
});

it("shows one value in all chats of a bulk edit, each at its version", async () => {
  const many = {
    old: { [CHAT]: null, [OTHER]: "Lead" },
    new: { field: "column:C", value: "Won", [OTHER]: 3 },
  };
  await apply(shown, change("bulk_edit.chats_changed", many));
  expect(observed).toEqual([
    [CHAT, "C", "Won", 1],
    [OTHER, "C", "Won", 3],
  ]);
});

it("shows a field of the chats' own the same way", async () => {
  const many = { old: { [CHAT]: null }, new: { field: "priority", value: "low" } };
  await apply(shown, change("bulk_edit.chats_changed", many));
  expect(observed).toEqual([[CHAT, "card:priority", "low", 1]]);
});

it("shows the values a file brought, each at its version, and no beginning as if it were whole", async () => {
  const said = {
    field: "column:C",
    [CHAT]: { value: "Won", version: 1 },
    [OTHER]: { value: "A long", version: 3, is_cut: true },
  };
  await apply(shown, change("import.chats_changed", { new: said }));
  expect(observed).toEqual([[CHAT, "C", "Won", 1]]);
});

it("drops chats that left the workspace", async () => {
  const { queryKey } = chatsQuery("W");
  const pages = [{ chats: [{ id: CHAT }, { id: OTHER }], next_cursor: null }];
  client.setQueryData(queryKey, { pages, pageParams: [undefined] } as never);
  await apply(shown, change("chats.excluded", { target: "A", new: { [CHAT]: true } }));
  expect(client.getQueryData(queryKey)?.pages[0]?.chats.map((chat) => chat.id)).toEqual([OTHER]);
});

it("asks for all chats where it is not told which of them left or came", async () => {
  const { queryKey } = chatsQuery("W");
  client.setQueryData(queryKey, { pages: [], pageParams: [] });
  await apply(shown, change("chats.excluded", { target: "A", new: {} }));
  expect(client.getQueryState(queryKey)?.isInvalidated).toBe(true);
});

it("knows nothing of a card whose entry it can't read", async () => {
  await apply(shown, change("card.changed", { new: { priority: "high" } }));
  expect(observed).toEqual([]);
});

it.each([
  ["column.changed", { name: "A" }, { name: "B" }, { columns: true, chats: false }],
  ["column.changed", { name: "A" }, { name: "A", default: "x" }, { columns: true, chats: true }],
  ["column.deleted", { name: "A" }, null, { columns: true, chats: true }],
  ["column.converted", { type: "text" }, { type: "number" }, { columns: true, chats: true }],
  ["column.values_converted", { C: "1" }, { values: 40 }, { columns: false, chats: false }],
])("%s from %j to %j refreshes what follows from it", async (kind, old, changed, refreshed) => {
  const { queryKey: columns } = columnsQuery("W");
  const { queryKey: chats } = chatsQuery("W");
  const keys: readonly (readonly unknown[])[] = [columns, chats];
  for (const key of keys) client.setQueryData(key, {});
  await apply(shown, change(kind, { old, new: changed }));
  const [ofColumns, ofChats] = keys.map((key) => client.getQueryState(key)?.isInvalidated);
  expect({ columns: ofColumns, chats: ofChats }).toEqual(refreshed);
});

it.each<[string, Partial<Change>, string[]]>([
  ["comment.created", { target: OTHER }, [OTHER]],
  ["comment.deleted", { target: OTHER }, [OTHER]],
  ["comment.edited", { target: OTHER }, []],
  ["comment.created", { target: "T" }, []],
  ["ticket.created", { target: "T", new: { chat_ids: [OTHER] } }, [OTHER]],
  ["ticket.changed", { target: "T", old: { chat_ids: [OTHER] }, new: { chat_ids: [CHAT] } }, [OTHER, CHAT]],
  ["ticket.changed", { target: "T", old: { title: "A" }, new: { title: "B" } }, []],
])("%s %j counts anew what hangs on %j, and nothing else of them", async (kind, facts, counted) => {
  const { queryKey } = chatsQuery("W");
  const held = [CHAT, OTHER].map((id) => ({ id, title: "as it is", comments: 0, tickets: 0 }));
  const pages = [{ chats: held, next_cursor: null }];
  client.setQueryData(queryKey, { pages, pageParams: [undefined] } as never);
  const get = vi
    .spyOn(http, "GET")
    .mockResolvedValue({ data: { title: "another", comments: 2, tickets: 1 } } as never);
  await apply(shown, change(kind, facts));
  expect(get.mock.calls.length).toBe(counted.length);
  for (const { id, title, comments, tickets } of client.getQueryData(queryKey)?.pages[0]?.chats ?? [])
    expect([title, comments, tickets]).toEqual(
      counted.includes(id) ? ["as it is", 2, 1] : ["as it is", 0, 0],
    );
});
