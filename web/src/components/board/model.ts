/** What a board is: lanes of cards by id, and the ways from one card to another. Pure. */

import type { Hue } from "@/lib/api/types";

export interface Lane {
  id: string;
  name: string;
  /** Of the dot before the name. */
  hue?: Hue | undefined;
  cardIds: readonly string[];
  /** Stands under the name: a sum, a hint. */
  note?: string | undefined;
  isCollapsed?: boolean;
}

export type Direction = "up" | "down" | "left" | "right" | "first" | "last";

const KEYS: Readonly<Record<string, Direction>> = {
  ArrowUp: "up",
  ArrowDown: "down",
  ArrowLeft: "left",
  ArrowRight: "right",
  Home: "first",
  End: "last",
};

/** What a key asks for on a card. */
export type Wish =
  | { kind: "walk"; direction: Direction }
  | { kind: "move"; direction: "left" | "right" }
  | { kind: "ask" }
  | { kind: "open" };

interface Key {
  key: string;
  altKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
}

/** Arrows, Home and End walk; with Alt they move; M asks where to; Enter and Space open. */
export function wishOf({ key, altKey, ctrlKey, metaKey, shiftKey }: Key): Wish | undefined {
  if (ctrlKey || metaKey || shiftKey) return undefined;
  const direction = KEYS[key];
  if (altKey) {
    const isSideways = direction === "left" || direction === "right";
    return isSideways ? { kind: "move", direction } : undefined;
  }
  if (direction) return { kind: "walk", direction };
  if (key === "Enter" || key === " ") return { kind: "open" };
  return key.toLowerCase() === "m" ? { kind: "ask" } : undefined;
}

export function laneOf(lanes: readonly Lane[], cardId: string): Lane | undefined {
  return lanes.find((lane) => lane.cardIds.includes(cardId));
}

/**
 * The card one comes to from another: within its lane, or at the same height in the next lane that shows cards.
 * None at the edge of the board.
 */
export function walked(lanes: readonly Lane[], cardId: string, direction: Direction): string | undefined {
  const lane = laneOf(lanes, cardId);
  if (!lane) return undefined;
  const at = lane.cardIds.indexOf(cardId);
  switch (direction) {
    case "up":
      return lane.cardIds[at - 1];
    case "down":
      return lane.cardIds[at + 1];
    case "first":
      return lane.cardIds[0];
    case "last":
      return lane.cardIds.at(-1);
    case "left":
    case "right": {
      const beside = besides(lanes, lane, direction).find((each) => each.cardIds.length > 0);
      return beside?.cardIds[Math.min(at, beside.cardIds.length - 1)];
    }
  }
}

/** The lane a card is moved to sideways: the next one that is not collapsed. None at the edge of the board. */
export function laneBeside(
  lanes: readonly Lane[],
  cardId: string,
  direction: "left" | "right",
): Lane | undefined {
  const lane = laneOf(lanes, cardId);
  return lane && besides(lanes, lane, direction)[0];
}

/** The card that takes the place of one that leaves its lane: the one below, else the one above. */
export function successor(lanes: readonly Lane[], cardId: string): string | undefined {
  return walked(lanes, cardId, "down") ?? walked(lanes, cardId, "up");
}

/** The lanes on one side that are not collapsed, the nearest first. */
function besides(lanes: readonly Lane[], lane: Lane, direction: "left" | "right"): Lane[] {
  const at = lanes.indexOf(lane);
  const side = direction === "right" ? lanes.slice(at + 1) : lanes.slice(0, at).toReversed();
  return side.filter((each) => !each.isCollapsed);
}
