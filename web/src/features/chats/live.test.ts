import { QueryClient } from "@tanstack/react-query";
import { expect, it } from "vitest";
import type { Live } from "@/live/types";
import { Editing } from "./editing";
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
  const talk = new Talk(live);
  const kept = {
    cursor: Promise.resolve(null),
    readAsFarAs: never,
    forget: never,
  };
  const end = followLive(live, {
    workspaceId: "W",
    client,
    store,
    editing: new Editing(client, "W"),
    talk,
    kept: Promise.resolve(kept as never),
    leftOut: new Set(),
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
