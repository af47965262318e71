/** Values that somebody else wrote first, told to the table that shows their cell while there is one. */

import { useEffect, useSyncExternalStore } from "react";
import type { CellValue } from "@/features/fields/values";
import type { Column } from "@/lib/api/types";

export interface ValueConflict {
  chatId: string;
  column: Column;
  /** What the server holds. */
  standing: CellValue;
  /** Writes the person's own value over it. */
  overwrite: () => void;
}

type Shows = (chatId: string, columnId: string) => boolean;

let open: readonly ValueConflict[] = [];
let shows: Shows | undefined;
const listeners = new Set<() => void>();

function publish(next: readonly ValueConflict[]): void {
  open = next;
  for (const listener of listeners) listener();
}

/** True when a table takes it; otherwise it is to be told another way. A newer one of the same cell replaces it. */
export function offerConflict(conflict: ValueConflict): boolean {
  if (!shows?.(conflict.chatId, conflict.column.id)) return false;
  publish([...open.filter((each) => !isSameCell(each, conflict)), conflict]);
  return true;
}

/** They are decided: nothing of them is shown any more. */
export function dropConflicts(decided: readonly ValueConflict[]): void {
  publish(open.filter((each) => !decided.includes(each)));
}

/** The undecided conflicts, the oldest first. `showsCell` is to stay the same function while the table does. */
export function useTableConflicts(showsCell: Shows): readonly ValueConflict[] {
  useEffect(() => {
    shows = showsCell;
    return () => {
      shows = undefined;
      publish([]);
    };
  }, [showsCell]);
  return useSyncExternalStore(subscribe, () => open);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function isSameCell(one: ValueConflict, other: ValueConflict): boolean {
  return one.chatId === other.chatId && one.column.id === other.column.id;
}
