/** The keys of table and board, for the sheet of shortcuts: grid and cards listen for them themselves. */

import { msg } from "@lingui/core/macro";
import type { Shortcut } from "@/lib/hotkeys";

export const tableKeys: readonly Shortcut[] = [
  { keys: "Enter", label: msg`Edit the cell, or open the chat of a name` },
  { keys: "Space", label: msg`Look at the row beside the table` },
  { keys: "Shift+Space", label: msg`Select the row` },
  { keys: "$mod+c", label: msg`Copy the selected cells` },
  { keys: "$mod+v", label: msg`Paste from a spreadsheet` },
  { keys: "$mod+d", label: msg`Fill down` },
  { keys: "$mod+r", label: msg`Fill to the right` },
  { keys: "Delete", label: msg`Clear the selected cells` },
  { keys: "Alt+ArrowDown", label: msg`Open the menu of the column` },
  { keys: "Alt+Enter", label: msg`Decide between two values of a cell` },
];

export const boardKeys: readonly Shortcut[] = [
  { keys: "Enter", label: msg`Look at the card beside the board` },
  { keys: "Alt+ArrowRight", label: msg`Move the card to the next lane` },
  { keys: "Alt+ArrowLeft", label: msg`Move the card to the lane before` },
  { keys: "m", label: msg`Move the card to…` },
];
