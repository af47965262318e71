import { describe, expect, it } from "vitest";
import { type Content, plainContent } from "@/features/views/content";
import type { Account, Chat, Column } from "@/lib/api/types";
import { sortOf, withShown, withSummary, withWidth } from "./layout";
import { allColumns, containing, rowsOf, sheetOf } from "./sheet";
import type { Words } from "./systemColumns";

const stage = {
  id: "stage",
  name: "Stage",
  type: "select",
  options: [
    { id: "lead", name: "Lead", hue: "blue" },
    { id: "won", name: "Won", hue: "green" },
  ],
  archived_options: [],
} as unknown as Column;
const seats = {
  id: "seats",
  name: "Seats",
  type: "number",
  options: [],
  archived_options: [],
} as unknown as Column;
const columns = [stage, seats];
const accounts = [{ id: "acc", label: "Sales", name: "Maya" }] as unknown as Account[];
const words = {
  names: { title: "Name" },
  kinds: { private: "Private" },
  summaries: { sum: "Sum" },
  rows: (count: number) => `${count} rows`,
} as unknown as Words;

function chat(id: string, values: Record<string, unknown>, at: string | null = null): Chat {
  const stored = Object.entries(values).map(([column, value]) => [column, { value, version: 1 }]);
  const facts = at && { last_message_at: at, unread_count: 0, username: `user_${id}` };
  const card = { assignee: id === "ann" ? "U1" : null, changed: {} };
  const named = { id, title: id, account_id: "acc", kind: "private", private: facts, card };
  return { ...named, values: Object.fromEntries(stored) } as unknown as Chat;
}

const chats = [
  chat("ann", { stage: "won", seats: 2 }, "2026-03-01T00:00:00Z"),
  chat("bob", { stage: "lead" }, "2026-03-02T00:00:00Z"),
  chat("cid", { seats: 0.5 }),
];

const assignee = {
  id: "card:assignee",
  key: "assignee",
  name: "Assignee",
  type: "select",
  options: [{ id: "U1", name: "Robin", hue: "blue" }],
  archived_options: [],
  conversion: null,
} as unknown as Column;
const ownFields = [assignee];
const data = { chats, ownFields, columns, accounts, words };
const all = allColumns({ ownFields, columns, words, isReadOnly: false });

function made(content: Content = plainContent, shown: readonly Chat[] = chats) {
  return sheetOf(rowsOf(data, shown), all, content);
}

describe("the rows of the table", () => {
  it("are the chats that are shown, in their order", () => {
    expect(made(plainContent, chats.toReversed()).rowIds).toEqual(["cid", "bob", "ann"]);
  });

  it("are searched for words in any cell", () => {
    const found = (text: string) => chats.filter(containing(data, text)).map(({ id }) => id);
    expect(found("won")).toEqual(["ann"]);
    expect(found("USER_bob")).toEqual(["bob"]);
  });

  it("are told who looks after them, and found by it", () => {
    expect(made().view("ann", "card:assignee")).toEqual({
      kind: "pills",
      pills: [{ text: "Robin", hue: "blue" }],
    });
    expect(made().value("ann", "card:assignee")).toBe("U1");
    expect(chats.filter(containing(data, "robin")).map(({ id }) => id)).toEqual(["ann"]);
  });

  it("can still be read when they are shown no more", () => {
    expect(made(plainContent, []).plain("bob", "stage")).toBe("Lead");
  });
});

describe("a cell", () => {
  it("says how much hangs on a chat, and nothing where that is none", () => {
    const busy = { ...chat("dan", { papers: ["f1", "f2"] }), comments: 3, tickets: 0 };
    const papers = { ...seats, id: "papers", name: "Papers", type: "files" } as Column;
    const sheet = sheetOf(rowsOf({ ...data, chats: [busy], columns: [papers] }, [busy]), all, plainContent);
    expect(["comments", "tickets", "papers"].map((id) => sheet.plain("dan", id))).toEqual(["3", "", "2"]);
    expect(sheet.view("dan", "papers")).toEqual({ kind: "text", text: "📎 2" });
  });
});

describe("the columns of the table", () => {
  it("have the width and the place that the view gives them", () => {
    const sheet = made(withShown(all, withWidth(all, plainContent, "seats", 77), "stage", false));
    expect(sheet.columns.map(({ id }) => id)).not.toContain("stage");
    expect(sheet.columns.find(({ id }) => id === "seats")).toMatchObject({ width: 77 });
  });

  it("stand before those that few look at", () => {
    const ids = made().columns.map(({ id }) => id);
    expect(ids[0]).toBe("title");
    expect(ids.slice(-4)).toEqual(["members", "invite_link", "comments", "tickets"]);
  });

  it("say by which of them the view sorts first", () => {
    const sheet = made({ ...plainContent, sort: sortOf({ columnId: "seats", direction: "down" }) });
    expect(sheet.columns.filter(({ sorted }) => sorted)).toMatchObject([{ id: "seats", sorted: "down" }]);
  });

  it("are read only where nobody pays for changing them, and while they become another type", () => {
    const edits = allColumns({ ownFields, columns, words, isReadOnly: true }).map(({ edit }) => edit);
    expect(new Set(edits)).toEqual(new Set(["none"]));
    const converted = { ...seats, conversion: { to: "text" } } as unknown as Column;
    const shown = allColumns({ ownFields, columns: [stage, converted], words, isReadOnly: false });
    const own = shown.filter(({ id }) => id === stage.id || id === converted.id);
    expect(own.map(({ edit }) => edit)).toEqual(["picked", "none"]);
  });

  it("are summed up over the rows that are shown", () => {
    const content = withSummary(all, plainContent, "seats", "sum");
    expect(made(content).summary("seats")).toMatch(/^Sum 2[.,]5$/);
    expect(made(content, chats.slice(0, 1)).summary("seats")).toBe("Sum 2");
    expect(made(content, chats.slice(0, 1)).summary("title")).toBe("1 rows");
    expect(made().summary("seats")).toBe("");
  });
});
