/** What stands where the table would be, or above it: nothing there, nothing found, nothing to be changed. */

import { Trans } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { FilterX, Table2 } from "lucide-react";
import { lazy, type ReactNode, Suspense } from "react";
import { LockedLine } from "@/components/ListScreen";
import { EmptyState, ErrorState, LoadingRows } from "@/components/StateBlock";
import { useCan } from "@/lib/session";
import type { TableState } from "./useTable";

const UnpaidLine = lazy(() => import("@/features/seats/Unpaid"));

interface WithRowsProps {
  table: TableState;
  onClearFilter: () => void;
  children: ReactNode;
}

/** The children where there are rows to show; else why there are none. */
export function WithRows({ table, onClearFilter, children }: WithRowsProps): ReactNode {
  const { loaded, columnsQuery: columns, sheet } = table;
  if (loaded.isPending || columns.isPending) return <LoadingRows rows={12} height={28} gap={12} />;
  const error = columns.error ?? (loaded.chats.length === 0 ? loaded.error : null);
  if (error) {
    return (
      <ErrorState
        error={error}
        onRetry={() => {
          loaded.retry();
          void columns.refetch();
        }}
      />
    );
  }
  if (loaded.chats.length === 0) return <NoRows isLoading={loaded.isLoadingMore} />;
  if (sheet.rowIds.length === 0) return <NoMatch onClear={onClearFilter} />;
  return children;
}

/** Why no cell can be changed, where there are cells. */
export function ReadOnlyNote({ table }: { table: TableState }) {
  const mayEdit = useCan("values.edit");
  if (mayEdit || table.loaded.chats.length === 0) return null;
  return (
    <LockedLine>
      <Suspense>
        <UnpaidLine action="values.edit" />
      </Suspense>
    </LockedLine>
  );
}

function NoRows({ isLoading }: { isLoading: boolean }) {
  if (isLoading) return <LoadingRows rows={12} height={28} gap={12} />;
  return (
    <EmptyState icon={Table2} title={<Trans>No chats yet</Trans>}>
      <Trans>When somebody in this workspace connects a Telegram account, its chats become rows here.</Trans>
    </EmptyState>
  );
}

function NoMatch({ onClear }: { onClear: () => void }) {
  return (
    <EmptyState
      icon={FilterX}
      title={<Trans>No row matches</Trans>}
      action={
        <Button variant="default" onClick={onClear}>
          <Trans>Clear the filter</Trans>
        </Button>
      }
    />
  );
}
