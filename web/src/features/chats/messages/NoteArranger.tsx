/** Arranges a chat's internal comments between its messages. Loaded when there are any; shows nothing by itself. */

import { useEffect } from "react";
import { useNotes } from "@/features/comments/notes";
import { withNotes } from "./notes";
import type { Arrange } from "./useArranged";

interface NoteArrangerProps {
  chatId: string;
  /** When the first message that is loaded came. */
  since: string | undefined;
  hasOlder: boolean;
  onArrange: (arrange: Arrange) => void;
}

export default function NoteArranger({ chatId, since, hasOlder, onArrange }: NoteArrangerProps) {
  const notes = useNotes(chatId, since);
  useEffect(() => {
    onArrange((rows) => withNotes(rows, notes, hasOlder));
  }, [notes, hasOlder, onArrange]);
  return null;
}
