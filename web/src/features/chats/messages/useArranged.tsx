/** A conversation's lines with what is said internally among them, whose code comes with the first comment. */

import { lazy, type ReactNode, Suspense, useCallback, useMemo, useState } from "react";
import { useHasComments } from "@/features/comments/threads";
import type { ChatLog } from "./log";
import type { Row } from "./rows";

const NoteArranger = lazy(() => import("./NoteArranger"));

export type Arrange = (rows: readonly Row[]) => readonly Row[];

const asTheyAre: Arrange = (rows) => rows;

/** The lines, and what has to be on the page for them. */
export function useArranged(chatId: string, log: ChatLog, rows: readonly Row[]): [readonly Row[], ReactNode] {
  const [arrange, setArrange] = useState<Arrange>(() => asTheyAre);
  const onArrange = useCallback((next: Arrange) => setArrange(() => next), []);
  const isCommented = useHasComments(chatId);
  const since = log.messages[0]?.date;
  return [
    useMemo(() => (isCommented ? arrange(rows) : rows), [isCommented, arrange, rows]),
    <Suspense key="notes">
      {isCommented && (
        <NoteArranger chatId={chatId} since={since} hasOlder={log.hasOlder} onArrange={onArrange} />
      )}
    </Suspense>,
  ];
}
