import { describe, expect, it } from "vitest";
import { plainContent } from "@/features/views/content";
import type { Chat, Column } from "@/lib/api/types";
import { groupColumn, type LanesWish, lanesOf, NO_VALUE, valueOfLane, withToggled } from "./lanes";

const stage = {
  id: "stage",
  name: "Stage",
  type: "select",
  options: [
    { id: "lead", name: "Lead", hue: "blue" },
    { id: "won", name: "Won", hue: "green" },
  ],
  archived_options: [{ id: "old", name: "Old", hue: "gray" }],
} as unknown as Column;
const size = { ...stage, id: "size", name: "Size" };
const seats = {
  id: "seats",
  name: "Seats",
  type: "number",
  options: [],
  archived_options: [],
} as unknown as Column;

function chat(id: string, values: Record<string, unknown>): Chat {
  const stored = Object.entries(values).map(([column, value]) => [column, { value, version: 1 }]);
  return { id, values: Object.fromEntries(stored) } as unknown as Chat;
}

const wish: LanesWish = {
  column: stage,
  summed: undefined,
  board: plainContent.board,
  words: { noValue: "No value", sum: (name, amount) => `${name} ${amount}` },
};

describe("the lanes of chats", () => {
  const chats = [
    chat("a", { stage: "won", seats: 0.1 }),
    chat("b", {}),
    chat("c", { stage: "won", seats: 0.2 }),
  ];

  it("are the options in their order, after the chats without a value", () => {
    const lanes = lanesOf(chats, wish).map(({ name, cardIds }) => [name, cardIds]);
    expect(lanes).toEqual([
      ["No value", ["b"]],
      ["Lead", []],
      ["Won", ["a", "c"]],
    ]);
  });

  it("have one for an option taken away while a chat has it", () => {
    const lanes = lanesOf([chat("a", { stage: "old" })], wish);
    expect(lanes.map(({ name }) => name)).toEqual(["No value", "Lead", "Won", "Old"]);
  });

  it("take a value that is no option for none", () => {
    expect(lanesOf([chat("a", { stage: "unheard of" })], wish)[0]?.cardIds).toEqual(["a"]);
  });

  it("sum a number up over each lane, without the dust of binary fractions", () => {
    expect(lanesOf(chats, { ...wish, summed: seats }).at(-1)?.note).toMatch(/^Seats 0[.,]3$/);
  });

  it("leave empty ones out on request, but show them while there are no chats", () => {
    const board = { ...plainContent.board, hides_empty: true };
    expect(lanesOf(chats, { ...wish, board }).map(({ id }) => id)).toEqual([NO_VALUE, "won"]);
    expect(lanesOf([], { ...wish, board })).toHaveLength(3);
  });

  it("remember which are collapsed", () => {
    const board = { ...plainContent.board, collapsed: withToggled([], "won") };
    expect(lanesOf(chats, { ...wish, board }).map(({ isCollapsed }) => isCollapsed)).toEqual([
      false,
      false,
      true,
    ]);
    expect(withToggled(board.collapsed, "won")).toEqual([]);
  });
});

describe("grouping", () => {
  const priority = {
    ...stage,
    id: "card:priority",
    name: "Priority",
    options: [{ id: "high", name: "High", hue: "red" }],
    archived_options: [],
  } as unknown as Column;
  const by = (columns: Column[], group_by: string | null = null) =>
    groupColumn({ columns, ownFields: [priority] }, { ...plainContent, group_by });

  it("is by the chosen column while it is there, else by the first select column", () => {
    expect(by([seats, stage])).toBe(stage);
    expect(by([stage, size], "column:size")).toBe(size);
    expect(by([stage], "column:gone")).toBe(stage);
    expect(by([seats])).toBeUndefined();
  });

  it("is by a field of the chats' own where that was chosen", () => {
    expect(by([seats, stage], "priority")).toBe(priority);
    const urgent = { ...chat("a", {}), card: { priority: "high", changed: {} } } as unknown as Chat;
    const calm = { ...chat("b", {}), card: { priority: null, changed: {} } } as unknown as Chat;
    const lanes = lanesOf([urgent, calm], { ...wish, column: priority });
    expect(lanes.map(({ name, cardIds }) => [name, cardIds])).toEqual([
      ["No value", ["b"]],
      ["High", ["a"]],
    ]);
  });

  it("clears the value of what is moved among those without one", () => {
    expect([valueOfLane(NO_VALUE), valueOfLane("won")]).toEqual([null, "won"]);
  });
});
