import { describe, expect, it } from "vitest";
import type { Chat, ChatPrivate } from "@/lib/api/types";
import { type InboxWish, listed } from "./filter";

const noCard: Chat["card"] = {
  assignee: null,
  priority: null,
  email: null,
  phone: null,
  first_name: null,
  last_name: null,
  version: 0,
  changed: {},
};

function chat(id: string, facts: Partial<ChatPrivate> | null = {}): Chat {
  const known = {
    username: null,
    member_count: null,
    unread_count: 0,
    last_message_id: 1,
    last_message_at: null,
    last_direction: null,
    pinned: false,
    invite_link: null,
    waiting_since: null,
    silent_since: null,
    answered: false,
  };
  return {
    id,
    account_id: "A",
    title: id,
    telegram_title: id,
    card: noCard,
    kind: "private",
    values: {},
    comments: 0,
    tickets: 0,
    private: facts && { ...known, ...facts },
    excluded: false,
  };
}

const all: InboxWish = { filter: undefined, accountId: undefined, search: "", openChatId: undefined };
const idsOf = (chats: Chat[], wish: Partial<InboxWish> = {}) =>
  listed(chats, { ...all, ...wish }).map((each) => each.id);

describe("the inbox lists", () => {
  it("pinned chats first, then the ones where something happened last", () => {
    const chats = [
      chat("old", { last_message_at: "2026-01-01T00:00:00Z" }),
      chat("new", { last_message_at: "2026-02-01T00:00:00Z" }),
      chat("pinned", { pinned: true }),
    ];
    expect(idsOf(chats)).toEqual(["pinned", "new", "old"]);
  });

  it("no chat whose messages the person may not read", () => {
    expect(idsOf([chat("theirs", null), chat("mine")])).toEqual(["mine"]);
  });

  it("only unread ones when asked, and the open one although it was just read", () => {
    const chats = [chat("read"), chat("open"), chat("unread", { unread_count: 2 })];
    expect(idsOf(chats, { filter: "unread", openChatId: "open" }).toSorted()).toEqual(["open", "unread"]);
  });

  it("the ones where the other side wrote last when asked for unanswered", () => {
    const chats = [chat("theirs", { last_direction: "contact" }), chat("ours", { last_direction: "you" })];
    expect(idsOf(chats, { filter: "unanswered" })).toEqual(["theirs"]);
  });

  it("what is found by name or username", () => {
    expect(
      idsOf([chat("Zoe"), chat("Ann", { username: "zoe_x" }), chat("Bob")], { search: "@ZOE" }).toSorted(),
    ).toEqual(["Ann", "Zoe"]);
  });
});
