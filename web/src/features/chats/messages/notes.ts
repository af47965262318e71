/** Internal comments among the lines of a conversation. Pure. */

import type { Comment } from "@/lib/api/types";
import type { Row } from "./rows";

/**
 * The lines with internal comments, oldest first, where they were said. Those from before the first message wait until
 * the older ones are loaded.
 */
export function withNotes(
  rows: readonly Row[],
  notes: readonly Comment[],
  hasOlder: boolean,
): readonly Row[] {
  if (notes.length === 0) return rows;
  const begins = rows.map((_, index) => momentOf(rows.slice(index, index + 3)));
  const first = begins[0] ?? Number.NEGATIVE_INFINITY;
  const shown = notes.filter(({ at }) => !hasOlder || Date.parse(at) >= first);
  const lines: Row[] = [];
  let next = 0;
  rows.forEach((row, index) => {
    for (let note = shown[next]; note && Date.parse(note.at) < (begins[index] ?? 0); note = shown[next]) {
      lines.push(noteRow(note));
      next += 1;
    }
    lines.push(row);
  });
  return [...lines, ...shown.slice(next).map(noteRow)];
}

/** When the message of these lines came; what is on its way comes after everything. A day and a mark are their message's. */
function momentOf(lines: readonly Row[]): number {
  const own = lines.find((row) => row.kind === "message" || row.kind === "outgoing");
  return own?.kind === "message" ? Date.parse(own.message.date) : Number.POSITIVE_INFINITY;
}

function noteRow(comment: Comment): Row {
  return { kind: "note", key: `note-${comment.id}`, comment };
}
