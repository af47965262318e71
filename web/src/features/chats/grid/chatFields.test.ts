import { describe, expect, it } from "vitest";
import { predicateOf, standpointHere } from "@/features/views/filter/predicate";
import { Sorter } from "@/features/views/order";
import type { Chat, Column } from "@/lib/api/types";
import { chatFields, columnOfField, fieldOfColumn } from "./chatFields";
import { systemColumnIds } from "./systemColumns";

const NOW = "2026-11-26T12:00:00Z";
const LATELY = "2026-11-26T11:30:00Z";
const option = (id: string, name: string) => ({ id, name, hue: "gray" as const });
const stage: Column = {
  id: "S",
  key: "stage",
  name: "Stage",
  type: "select",
  options: [option("won", "Won"), option("open", "Open")],
  archived_options: [option("old", "Old")],
  description: "",
  required: false,
  reserved: false,
  default: null,
  conversion: null,
  merge: null,
  position: 1,
  version: 1,
};
const names = { ...Object.fromEntries(systemColumnIds.map((id) => [id, id])) } as never;
const fields = chatFields({
  columns: [stage, { ...stage, id: "N", name: "Size", type: "number", options: [], archived_options: [] }],
  accounts: [],
  words: {
    names,
    kinds: {} as never,
    fields: {} as never,
    directions: {} as never,
    priorities: {} as never,
  },
  nowMs: () => Date.parse(NOW),
});

const side = {
  username: null,
  member_count: null,
  unread_count: 0,
  last_message_id: 1,
  last_message_at: "2026-11-26T06:00:00Z",
  last_direction: "contact" as const,
  pinned: false,
  invite_link: null,
  waiting_since: "2026-11-26T06:00:00Z",
  silent_since: "2026-11-26T06:00:00Z",
  answered: false,
};
const card: Chat["card"] = {
  assignee: null,
  priority: null,
  email: null,
  phone: null,
  first_name: null,
  last_name: null,
  version: 0,
  changed: {},
};

function chat(id: string, part: Partial<Chat>, stageId?: string): Chat {
  const values = { S: { value: stageId ?? null, version: 1, set_at: NOW, set_by: null, is_cut: false } };
  const fixed = { account_id: "A", kind: "private" as const, excluded: false, comments: 0, tickets: 0 };
  return { ...fixed, id, title: id, telegram_title: id, card, values, private: side, ...part };
}

const chats = [
  chat("waiting", {}, "open"),
  chat("replied", { private: { ...side, last_direction: "you", waiting_since: null } }, "old"),
  chat("foreign", { private: null }, "won"),
  chat("fresh", { private: { ...side, waiting_since: LATELY, silent_since: LATELY } }),
  chat("thanked", { private: { ...side, waiting_since: null, silent_since: LATELY, answered: true } }),
];

function taken(filter: Parameters<typeof predicateOf>[0]): string[] {
  return chats.filter(predicateOf(filter, fields, standpointHere(null, new Date(NOW)))).map(({ id }) => id);
}

describe("chats", () => {
  it("that wait for our reply longer than hours are found", () => {
    expect(taken({ field: "waiting_hours", is: "gt", value: 4 })).toEqual(["waiting"]);
  });

  it("in which nothing came from us for long are found", () => {
    expect(taken({ field: "silent_days", is: "gt", value: 0.2 })).toEqual(["waiting", "replied"]);
  });

  it("that need no answer wait no more and are found as that", () => {
    expect(taken({ field: "answered", is: "is", value: true })).toEqual(["thanked"]);
  });

  it("are found by fields of their own", () => {
    const own = [chat("mine", { card: { ...card, assignee: "ME", priority: "high" } }), chat("nobodys", {})];
    const found = (filter: Parameters<typeof predicateOf>[0]) =>
      own.filter(predicateOf(filter, fields, standpointHere("ME", new Date(NOW)))).map(({ id }) => id);
    expect(found({ field: "assignee", is: "me" })).toEqual(["mine"]);
    expect(found({ field: "priority", is: "is_not", value: "high" })).toEqual(["nobodys"]);
  });

  it("of accounts one is not connected to are told apart", () => {
    expect(taken({ field: "mine", is: "is", value: false })).toEqual(["foreign"]);
  });

  it("stand in the order of a select's options, those that were taken away behind them", () => {
    const sorted = new Sorter<Chat>().order(chats, () => true, [{ field: "column:S", order: "up" }], fields);
    expect(sorted.map(({ id }) => id)).toEqual(["foreign", "waiting", "replied", "fresh", "thanked"]);
  });

  it("are filtered by no option that was taken away", () => {
    expect(fields.get("column:S")?.choices?.map(({ value }) => value)).toEqual(["won", "open"]);
  });

  it("have a field for every column of the table", () => {
    for (const id of [...systemColumnIds, "card:assignee", "card:priority", "N"]) {
      expect(fields.has(fieldOfColumn(id))).toBe(true);
      expect(columnOfField(fieldOfColumn(id))).toBe(id);
    }
  });
});
