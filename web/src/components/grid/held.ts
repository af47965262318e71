/** Rows and columns stay where they are while a cell is edited: what is typed must not land in another one. */

import { useCallback, useMemo, useState } from "react";
import type { CellAt, Sheet } from "./model";

type Places = Pick<Sheet, "rowIds" | "columns" | "frozen">;

export interface HeldSheet {
  /** The sheet with every row and column where it was when it was held. */
  shown: Sheet;
  hold: () => void;
  release: () => void;
  /** Whether a cell that is shown has been taken away meanwhile. */
  isGone: (cell: CellAt) => boolean;
}

export function useHeldSheet(sheet: Sheet): HeldSheet {
  const [held, setHeld] = useState<Places>();
  const shown = useMemo(() => (held ? { ...sheet, ...held } : sheet), [sheet, held]);
  const hold = useCallback(
    () => setHeld({ rowIds: sheet.rowIds, columns: sheet.columns, frozen: sheet.frozen }),
    [sheet],
  );
  const release = useCallback(() => setHeld(undefined), []);
  const isGone = ({ rowId, columnId }: CellAt) =>
    held !== undefined &&
    !(sheet.rowIds.includes(rowId) && sheet.columns.some((each) => each.id === columnId));
  return { shown, hold, release, isGone };
}
