import { describe, expect, it } from "vitest";
import type { Message } from "@/live/types";
import {
  emptyLog,
  withLatestPage,
  withMessage,
  withOlderPage,
  withOutgoing,
  withOutgoingState,
  withoutMessages,
  withReactions,
} from "./log";
import { firstUnread, rowsOf } from "./rows";

function message(id: number, changes: Partial<Message> = {}): Message {
  return {
    id,
    date: `2026-01-01T10:${String(id % 60).padStart(2, "0")}:00`,
    direction: "in",
    sender: { id: "1", name: "Ann" },
    text: `text ${id}`,
    entities: [],
    reply_to_id: null,
    edited_at: null,
    media: null,
    client_id: null,
    reactions: [],
    forwarded_from: null,
    views: null,
    is_pinned: false,
    is_scheduled: false,
    ...changes,
  };
}

const page = (ids: number[], has_more = true) => ({ messages: ids.map((id) => message(id)), has_more });
const outgoing = {
  clientId: "K",
  text: "x",
  entities: [],
  replyToId: null,
  scheduleAt: null,
  isSilent: false,
  createdAt: 0,
  state: "waiting",
  reason: null,
} as const;
const idsOf = (log: { messages: readonly Message[] }) => log.messages.map((each) => each.id);

describe("the log of a chat", () => {
  it("drops what the newest page leaves out, and keeps what is older", () => {
    const known = withOlderPage(withLatestPage(emptyLog, page([5, 6, 7])), page([3, 4]));
    expect(idsOf(withLatestPage(known, page([5, 7, 8])))).toEqual([3, 4, 5, 7, 8]);
  });

  it("starts anew when the newest page does not reach what is known", () => {
    const known = withLatestPage(emptyLog, page([1, 2]));
    expect(withLatestPage(known, page([50, 51]))).toMatchObject({
      messages: [{ id: 50 }, { id: 51 }],
      hasOlder: true,
    });
  });

  it("puts a late message at its place", () => {
    expect(idsOf(withMessage(withLatestPage(emptyLog, page([1, 3])), message(2)))).toEqual([1, 2, 3]);
  });

  it.each(["waiting", "unknown", "failed"] as const)(
    "settles a text that is %s once history shows it",
    (state) => {
      const log = withOutgoingState(withOutgoing(emptyLog, outgoing), "K", state);
      const page = { messages: [message(1, { client_id: "K" })], has_more: false };
      expect(withLatestPage(log, page).outgoing).toEqual([]);
    },
  );

  it("forgets deleted messages", () => {
    expect(idsOf(withoutMessages(withLatestPage(emptyLog, page([1, 2, 3])), [2]))).toEqual([1, 3]);
  });
});

describe("the rows of a conversation", () => {
  it("open a group for another author, after five minutes, and below the unread mark", () => {
    const log = withLatestPage(emptyLog, {
      messages: [message(1), message(2), message(3, { direction: "out" }), message(20), message(21)],
      has_more: false,
    });
    const rows = rowsOf(log, 21).map((row) =>
      row.kind === "message" ? `${row.message.id}${row.opensGroup ? "*" : ""}` : row.kind,
    );
    expect(rows).toEqual(["day", "1*", "2", "3*", "20*", "unread", "21*"]);
  });

  it("keep the key of a text when it becomes a message", () => {
    const before = rowsOf(withOutgoing(emptyLog, outgoing), null).at(-1)?.key;
    const after = rowsOf(withMessage(emptyLog, message(9, { client_id: "K", direction: "out" })), null).at(
      -1,
    )?.key;
    expect(after).toBe(before);
  });

  it("count unread messages among those that came in", () => {
    expect(firstUnread([message(1), message(2), message(3, { direction: "out" }), message(4)], 2)).toBe(2);
    expect(firstUnread([message(1)], 0)).toBeNull();
  });
});

it("keeps what is known of one's own reactions where Telegram does not say whose they are", () => {
  const own = { emoji: "👍", count: 1, mine: true };
  const log = withMessage(emptyLog, message(1, { reactions: [own] }));
  const told = [
    { emoji: "👍", count: 5, mine: null },
    { emoji: "🔥", count: 1, mine: null },
  ];
  expect(withReactions(log, 1, told).messages[0]?.reactions).toEqual([
    { emoji: "👍", count: 5, mine: true },
    { emoji: "🔥", count: 1, mine: false },
  ]);
});
