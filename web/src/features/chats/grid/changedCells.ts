/** Which cells somebody else has changed between two states of the chats. Pure. */

import { cellKey } from "@/components/grid/model";
import type { Chat } from "@/lib/api/types";

/**
 * Keys of the cells whose value another person set meanwhile. Chats that have not changed are the same objects, so
 * that this costs one comparison a chat; a chat that has come, gone or moved tells nothing.
 */
export function changedByOthers(was: readonly Chat[], now: readonly Chat[], myId: string): string[] {
  return now.flatMap((chat, place) => {
    const before = was[place];
    return before === undefined || before === chat || before.id !== chat.id
      ? []
      : changedOf(before, chat, myId);
  });
}

function changedOf(before: Chat, chat: Chat, myId: string): string[] {
  return Object.entries(chat.values).flatMap(([columnId, { version, set_by }]) => {
    const isNewer = version > (before.values[columnId]?.version ?? 0);
    return isNewer && set_by !== null && set_by !== myId ? [cellKey({ rowId: chat.id, columnId })] : [];
  });
}
