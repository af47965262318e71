/** The chats as lanes: one for every option of a select column, one for chats without a value. Pure. */

import type { Lane } from "@/components/board/model";
import { valueIn } from "@/features/fields/cardFields";
import { type CellValue, optionOf, valueText } from "@/features/fields/values";
import type { Content } from "@/features/views/content";
import type { Chat, Column } from "@/lib/api/types";
import { fieldOfColumn } from "../grid/chatFields";
import type { BoardLook } from "../grid/layout";
import { sumOf } from "../grid/summaries";

/** The lane of chats that have no value in the column. */
export const NO_VALUE = "";

export interface LanesWish {
  /** The select column whose options are the lanes. */
  column: Column;
  /** The number column that is summed up over each lane. */
  summed: Column | undefined;
  board: BoardLook;
  words: { noValue: string; sum: (name: string, amount: string) => string };
}

/** What chats can be grouped by: columns of the workspace, and fields that every chat has. */
export interface Groupable<Some extends Column = Column> {
  columns: readonly Some[];
  ownFields: readonly Some[];
}

/** The columns and fields that chats can be grouped by. */
export function groupColumns<Some extends Column>({ columns, ownFields }: Groupable<Some>): Some[] {
  return [...columns, ...ownFields].filter(({ type }) => type === "select");
}

/** What is grouped by: the chosen one while it is there, else the first column of the workspace that can be. */
export function groupColumn<Some extends Column>(
  groupable: Groupable<Some>,
  { group_by }: Content,
): Some | undefined {
  const chosen = groupColumns(groupable).find(({ id }) => fieldOfColumn(id) === group_by);
  return chosen ?? groupColumns({ ...groupable, ownFields: [] })[0];
}

/**
 * Lanes with the chats in the order they come in; one pass over the chats. Options that were taken away have a lane
 * while a chat still has them. Empty lanes are left out where the person wished so, but never all of them.
 */
export function lanesOf(chats: readonly Chat[], wish: LanesWish): Lane[] {
  const { column, board } = wish;
  const byOption = Map.groupBy(chats, (chat) => laneIdOf(chat, column));
  const archived = column.archived_options.filter(({ id }) => byOption.has(id));
  const options = [...column.options, ...archived];
  const none = { id: NO_VALUE, name: wish.words.noValue, hue: undefined };
  const lanes = [none, ...options].map(({ id, name, hue }): Lane => {
    const own = byOption.get(id) ?? [];
    return {
      id,
      name,
      hue,
      cardIds: own.map((chat) => chat.id),
      note: noteOf(own, wish),
      isCollapsed: board.collapsed.includes(id),
    };
  });
  if (!board.hides_empty || chats.length === 0) return lanes;
  return lanes.filter(({ cardIds }) => cardIds.length > 0);
}

/** What moving into a lane sets the column to. */
export function valueOfLane(laneId: string): CellValue {
  return laneId === NO_VALUE ? null : laneId;
}

export function withToggled(collapsed: readonly string[], laneId: string): string[] {
  return collapsed.includes(laneId) ? collapsed.filter((id) => id !== laneId) : [...collapsed, laneId];
}

/** A value that no option has is nobody's choice any more. */
function laneIdOf(chat: Chat, column: Column): string {
  return optionOf(column, valueIn(chat, column.id))?.id ?? NO_VALUE;
}

function noteOf(chats: readonly Chat[], { summed, words }: LanesWish): string | undefined {
  if (!summed) return undefined;
  const sum = sumOf(chats.map((chat) => valueIn(chat, summed.id)));
  return words.sum(summed.name, valueText(summed, sum));
}
