import { QueryClient } from "@tanstack/react-query";
import { expect, it } from "vitest";
import type { Live } from "@/live/types";
import { columnsQuery } from "../fields/columnsQuery";
import type { ValueWriter } from "../fields/writer";
import { followLive } from "./live";
import { MessageStore } from "./messages/store";
import { Talk } from "./messages/talk";

it("takes nothing that is told by events for fresh after a gap", () => {
  let fallBehind: () => void = () => undefined;
  const never = () => () => undefined;
  const live = {
    on: never,
    onWelcome: never,
    onSettled: never,
    onBehind: (handler: () => void) => {
      fallBehind = handler;
      return () => undefined;
    },
  } as unknown as Live;
  const client = new QueryClient();
  const store = new MessageStore();
  const kept = {
    cursor: Promise.resolve(null),
    readAsFarAs: never,
    forget: never,
  };
  const end = followLive(live, {
    workspaceId: "W",
    client,
    store,
    writer: {} as ValueWriter,
    talk: new Talk(live),
    kept: Promise.resolve(kept as never),
  });
  const keys = [
    ["chats", "W"],
    ["standing", "A"],
    ["history", "C", "marks"],
    ["original", "C", 5],
    ["pinned", "C"],
    ["chat-info", "C"],
    ["chat-members", "C", ""],
  ];
  for (const key of keys) client.setQueryData(key, {});
  fallBehind();
  end();
  expect(keys.filter((key) => !client.getQueryState(key)?.isInvalidated)).toEqual([]);
});

it.each([
  ["column.changed", { name: "A" }, { name: "B" }, { columns: true, chats: false }],
  ["column.changed", { name: "A" }, { name: "A", default: "x" }, { columns: true, chats: true }],
  ["column.deleted", { name: "A" }, null, { columns: true, chats: true }],
  ["column.converted", { type: "text" }, { type: "number" }, { columns: true, chats: true }],
  ["column.values_converted", { C: "1" }, { values: 40 }, { columns: false, chats: false }],
])("%s from %j to %j refreshes what follows from it", async (kind, old, changed, refreshed) => {
  let tell: (event: unknown) => void = () => undefined;
  const never = () => () => undefined;
  const on = (name: string, handler: (event: unknown) => void) => {
    if (name === "change") tell = handler;
    return () => undefined;
  };
  const live = { on, onWelcome: never, onSettled: never, onBehind: never } as unknown as Live;
  const client = new QueryClient();
  followLive(live, {
    workspaceId: "W",
    client,
    store: new MessageStore(),
    writer: {} as ValueWriter,
    talk: new Talk(live),
    kept: new Promise(() => undefined),
  });
  const columns: readonly unknown[] = columnsQuery("W").queryKey;
  const chats = ["chats", "W"];
  for (const key of [columns, chats]) client.setQueryData(key, {});
  tell({ change: { kind, old, new: changed, target: "A", at: "", actor: { id: null } } });
  await new Promise((passed) => setTimeout(passed));
  const isRefreshed = (key: readonly unknown[]) => client.getQueryState(key)?.isInvalidated;
  expect({ columns: isRefreshed(columns), chats: isRefreshed(chats) }).toEqual(refreshed);
});
