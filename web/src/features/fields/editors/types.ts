/** What every editor of one value is given, in the table and in the details panel. */

import type { ReadableColumn } from "../columns";
import type { CellValue } from "../values";

/** Where the person wants to go after committing, as a spreadsheet does: Enter is down, Tab is right. */
export type Move = "stay" | "down" | "right" | "left";

export interface ValueEditorProps {
  column: ReadableColumn;
  value: CellValue;
  /** What was typed to open the editor; it replaces the value. */
  typed?: string | undefined;
  onCommit: (value: CellValue, move: Move) => void;
  onCancel: () => void;
  /** Says what the value is to be when the editor is closed from outside. */
  onDraft?: ((value: CellValue) => void) | undefined;
  /** Fetches all of a long text that is shown by its beginning; absent where `value` is all of it. */
  whole?: (() => Promise<string>) | undefined;
  /** Adds an option to the column and gives its id. Absent where options cannot be added. */
  onCreateOption?: ((name: string) => Promise<string>) | undefined;
}

/** The move a key stands for, if it commits. */
export function moveOf(event: { key: string; shiftKey: boolean }): Move | undefined {
  if (event.key === "Enter") return "down";
  if (event.key === "Tab") return event.shiftKey ? "left" : "right";
  return undefined;
}
