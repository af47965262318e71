/** Cells that stand out for a while: what others have just changed, what a paste could not change. */

import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { type CellAt, cellKey, type Mark, type Marks } from "@/components/grid/model";
import type { Chat } from "@/lib/api/types";
import { useMe } from "@/lib/session";
import type { ValueConflict } from "../tableConflicts";
import { changedByOthers } from "./changedCells";

const CHANGED_MS = 1_000;
const REFUSED_MS = 6_000;
/** More than these at once is an import, not somebody's edit. */
const AT_ONCE = 200;

const NONE: Marks = new Map();

export function useMarks(chats: readonly Chat[], conflicts: readonly ValueConflict[]) {
  const [passing, setPassing] = useState<Marks>(NONE);
  const myId = useMe().user.id;
  const mark = useCallback((keys: readonly string[], as: Mark, forMs: number) => {
    if (keys.length === 0 || keys.length > AT_ONCE) return;
    setPassing((was) => new Map([...was, ...keys.map((key) => [key, as] as const)]));
    setTimeout(() => setPassing((was) => without(was, keys)), forMs);
  }, []);
  const was = useRef(chats);
  useEffect(() => {
    mark(changedByOthers(was.current, chats, myId), "changed", CHANGED_MS);
    was.current = chats;
  }, [chats, myId, mark]);
  const markRefused = useCallback(
    (cells: readonly CellAt[]) => mark(cells.map(cellKey), "refused", REFUSED_MS),
    [mark],
  );
  const marks = useMemo(() => withConflicts(passing, conflicts), [passing, conflicts]);
  return { marks, markRefused };
}

function without(marks: Marks, keys: readonly string[]): Marks {
  const gone = new Set(keys);
  const left = [...marks].filter(([key]) => !gone.has(key));
  return left.length === 0 ? NONE : new Map(left);
}

function withConflicts(passing: Marks, conflicts: readonly ValueConflict[]): Marks {
  if (conflicts.length === 0) return passing;
  const keys = conflicts.map(({ chatId, column }) => cellKey({ rowId: chatId, columnId: column.id }));
  return new Map([...passing, ...keys.map((key) => [key, "conflict"] as const)]);
}
