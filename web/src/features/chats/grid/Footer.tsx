/** Under the chats: how many there are, and what the selected cells come to. */

import { Plural, Trans } from "@lingui/react/macro";
import { Loader } from "@mantine/core";
import type { Area } from "@/components/grid/batch";
import { ListFooter } from "@/components/ListScreen";
import { sumOf } from "./summaries";
import type { TableState } from "./useTable";

/** Summing up more cells than these would be felt. */
const SUMMED_UP = 10_000;

export function Footer({ table, areas }: { table: TableState; areas: readonly Area[] }) {
  const { loaded, sheet } = table;
  const isCounted = loaded.chats.length > 0 || !(loaded.isPending || loaded.error);
  return (
    <ListFooter>
      {isCounted && <RowCount shown={sheet.rowIds.length} all={loaded.chats.length} />}
      <Picked table={table} areas={areas} />
      {loaded.isLoadingMore && <Loader size={14} />}
    </ListFooter>
  );
}

function RowCount({ shown, all }: { shown: number; all: number }) {
  if (shown === all) return <Plural value={all} one="# row" other="# rows" />;
  return (
    <Trans>
      {shown} of {all} rows
    </Trans>
  );
}

/** A single cell says nothing that it does not show. */
function Picked({ table, areas }: { table: TableState; areas: readonly Area[] }) {
  const cells = areas.reduce((sum, { width, height }) => sum + width * height, 0);
  if (cells < 2) return null;
  const numbers = cells > SUMMED_UP ? [] : numbersIn(table, areas);
  const sum = sumOf(numbers).toLocaleString();
  return (
    <>
      <span>
        <Plural value={cells} one="# cell selected" other="# cells selected" />
      </span>
      {numbers.length > 0 && (
        <span>
          <Trans>Sum {sum}</Trans>
        </span>
      )}
    </>
  );
}

function numbersIn({ sheet, columns }: TableState, areas: readonly Area[]): number[] {
  const ofNumbers = new Set(columns.filter(({ type }) => type === "number").map(({ id }) => id));
  return areas.flatMap(({ x, y, width, height }) => {
    const counted = sheet.columns.slice(x, x + width).filter(({ id }) => ofNumbers.has(id));
    const rows = sheet.rowIds.slice(y, y + height);
    return rows.flatMap((rowId) =>
      counted.map(({ id }) => sheet.value(rowId, id)).filter((value) => typeof value === "number"),
    );
  });
}
