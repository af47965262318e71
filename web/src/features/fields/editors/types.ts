/** What every editor of one value is given, in the table and in the details panel. */

import type { Column } from "@/lib/api/types";
import type { CellValue } from "../values";

/** Where the person wants to go after committing, as a spreadsheet does: Enter is down, Tab is right. */
export type Move = "stay" | "down" | "right" | "left";

export interface ValueEditorProps {
  column: Column;
  value: CellValue;
  /** What was typed to open the editor; it replaces the value. */
  typed?: string | undefined;
  onCommit: (value: CellValue, move: Move) => void;
  onCancel: () => void;
  /** Adds an option to the column and gives its id. Absent where options cannot be added. */
  onCreateOption?: ((name: string) => Promise<string>) | undefined;
}

/** The move a key stands for, if it commits. */
export function moveOf(event: { key: string; shiftKey: boolean }): Move | undefined {
  if (event.key === "Enter") return "down";
  if (event.key === "Tab") return event.shiftKey ? "left" : "right";
  return undefined;
}
