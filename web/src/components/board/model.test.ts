import { describe, expect, it } from "vitest";
import { type Lane, laneBeside, successor, walked, wishOf } from "./model";

const lanes: Lane[] = [
  { id: "none", name: "No value", cardIds: ["a", "b", "c"] },
  { id: "shut", name: "Shut", cardIds: ["s"], isCollapsed: true },
  { id: "empty", name: "Empty", cardIds: [] },
  { id: "won", name: "Won", cardIds: ["w"] },
];

describe("walking over a board", () => {
  it("goes up and down a lane and stops at its ends", () => {
    expect(walked(lanes, "a", "down")).toBe("b");
    expect(walked(lanes, "c", "up")).toBe("b");
    expect(walked(lanes, "a", "up")).toBeUndefined();
    expect(walked(lanes, "c", "down")).toBeUndefined();
    expect(walked(lanes, "b", "first")).toBe("a");
    expect(walked(lanes, "b", "last")).toBe("c");
  });

  it("goes sideways over collapsed and empty lanes, to the same height or the last card", () => {
    expect(walked(lanes, "c", "right")).toBe("w");
    expect(walked(lanes, "w", "left")).toBe("a");
    expect(walked(lanes, "w", "right")).toBeUndefined();
  });

  it("knows a card that is gone from nowhere", () => {
    expect(walked(lanes, "gone", "down")).toBeUndefined();
  });
});

describe("moving over a board", () => {
  it("moves into the next lane that is open, an empty one too", () => {
    expect(laneBeside(lanes, "a", "right")?.id).toBe("empty");
    expect(laneBeside(lanes, "w", "left")?.id).toBe("empty");
    expect(laneBeside(lanes, "a", "left")).toBeUndefined();
  });

  it("leaves the place to the card below, or to the one above the last", () => {
    expect(successor(lanes, "a")).toBe("b");
    expect(successor(lanes, "c")).toBe("b");
    expect(successor(lanes, "w")).toBeUndefined();
  });
});

describe("the keys of a card", () => {
  const pressed = { altKey: false, ctrlKey: false, metaKey: false, shiftKey: false };
  const wish = (key: string, more = {}) => wishOf({ ...pressed, key, ...more });

  it("walk, move, ask and open", () => {
    expect(wish("ArrowDown")).toEqual({ kind: "walk", direction: "down" });
    expect(wish("End")).toEqual({ kind: "walk", direction: "last" });
    expect(wish("ArrowLeft", { altKey: true })).toEqual({ kind: "move", direction: "left" });
    expect(wish("M")).toEqual({ kind: "ask" });
    expect([wish("Enter"), wish(" ")]).toEqual([{ kind: "open" }, { kind: "open" }]);
  });

  it("are left to the browser otherwise", () => {
    expect(wish("m", { ctrlKey: true })).toBeUndefined();
    expect(wish("ArrowRight", { shiftKey: true })).toBeUndefined();
    expect(wish("ArrowUp", { altKey: true })).toBeUndefined();
    expect(wish("x")).toBeUndefined();
  });
});
