/** The width of a column while its edge is pulled: shown at once, and told when it stays so, not at every pixel. */

import { useDebouncedCallback } from "@mantine/hooks";
import { useCallback, useMemo, useState } from "react";
import type { SheetColumn } from "./model";

const STAYS_MS = 200;

interface Pulled {
  /** The columns that were pulled at: with others it is over. */
  from: readonly SheetColumn[];
  id: string;
  width: number;
}

/** The columns as they are shown, and what is done when one is pulled at. */
export function usePulledWidths(
  columns: readonly SheetColumn[],
  onResize: (columnId: string, width: number) => void,
) {
  const [pulled, setPulled] = useState<Pulled>();
  const tell = useDebouncedCallback(onResize, { delay: STAYS_MS, flushOnUnmount: true });
  const pull = useCallback(
    (id: string, width: number) => {
      setPulled({ from: columns, id, width });
      tell(id, width);
    },
    [columns, tell],
  );
  const shown = useMemo(
    () =>
      pulled?.from === columns
        ? columns.map((each) => (each.id === pulled.id ? { ...each, width: pulled.width } : each))
        : columns,
    [columns, pulled],
  );
  return { shown, pull };
}
