/** All chats of the workspace as a table: the workspace's own columns are edited in it like in a spreadsheet. */

import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { ActionIcon, Button, Loader, Text, TextInput } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useNavigate } from "@tanstack/react-router";
import { FilterX, Lock, Redo2, Search, Table2, Undo2 } from "lucide-react";
import { lazy, type ReactNode, Suspense, useMemo, useState, useSyncExternalStore } from "react";
import type { Sheet } from "@/components/grid/model";
import { PageHeader } from "@/components/PageHeader";
import { EmptyState, ErrorState, LoadingRows } from "@/components/StateBlock";
import { useAccounts } from "@/features/accounts/accounts";
import { useColumns } from "@/features/fields/columns";
import { FilterButton } from "@/features/views/FilterButton";
import { FilterChips } from "@/features/views/filter/FilterChips";
import { takesEverything } from "@/features/views/filter/model";
import type { ViewSearch } from "@/features/views/search";
import { ViewTabs } from "@/features/views/ViewTabs";
import { usePageTitle } from "@/lib/pageTitle";
import { useCan, useWorkspace } from "@/lib/session";
import { useValueEdits } from "../ChatsProvider";
import { useChats } from "../cache";
import { DetailsDrawer, DetailsPanel } from "../inbox/lazyPanes";
import { useKindNames } from "../kinds";
import classes from "./ChatsScreen.module.css";
import { ChatsTable } from "./ChatsTable";
import { type Sorting, sheetOf } from "./sheet";
import type { Words } from "./systemColumns";
import { useViewedRows } from "./useViewedRows";
import { arrangedOf, sortingOf, sortOf, withWidth } from "./viewLayout";

const UnpaidLine = lazy(() => import("@/features/seats/Unpaid"));

interface ChatsScreenProps {
  peek: string | undefined;
  /** The view of the address. */
  search: ViewSearch;
}

export function ChatsScreen({ peek, search }: ChatsScreenProps) {
  const { t } = useLingui();
  const workspace = useWorkspace();
  usePageTitle(t`Chats`, workspace.name);
  const [filter, setFilter] = useState("");
  const table = useTable(filter, search);
  const onPeek = usePeek();
  const { chats, isLoadingMore } = table.loaded;
  const peeked = chats.find((each) => each.id === peek);
  return (
    <div className={classes.screen}>
      <PageHeader title={<Trans>Chats</Trans>}>
        <UndoButtons />
        <FilterButton
          fields={table.fields}
          filter={table.view.filter}
          onChange={(next) => table.view.change({ filter: next })}
        />
        <TextInput
          type="search"
          size="sm"
          aria-label={t`Filter rows`}
          placeholder={t`Filter rows`}
          leftSection={<Search size={16} aria-hidden />}
          className={classes.filter}
          value={filter}
          onChange={(event) => setFilter(event.currentTarget.value)}
        />
      </PageHeader>
      <ViewTabs view={table.view} />
      <FilterChips
        fields={table.fields}
        filter={table.view.filter}
        dropped={table.view.dropped}
        onChange={(next) => table.view.change({ filter: next })}
      />
      <div className={classes.body}>
        <div className={classes.main}>
          <ReadOnlyNote />
          <Rows
            table={table}
            peekedRowId={peek}
            onPeek={onPeek}
            onClearFilter={() => {
              setFilter("");
              table.view.change({ filter: takesEverything });
            }}
          />
          <footer className={classes.footer} role="status">
            <RowCount shown={table.sheet.rowIds.length} all={chats.length} />
            {isLoadingMore && <Loader size={14} />}
          </footer>
        </div>
        <Suspense>
          <Peek onClose={() => onPeek(undefined)}>
            {peeked && <DetailsPanel chat={peeked} place="table" onClose={() => onPeek(undefined)} />}
          </Peek>
        </Suspense>
      </div>
    </div>
  );
}

type TableState = ReturnType<typeof useTable>;

function useTable(text: string, search: ViewSearch) {
  const workspaceId = useWorkspace().id;
  const loaded = useChats(workspaceId);
  const columns = useColumns(workspaceId);
  const accounts = useAccounts().data?.accounts;
  const words = useWords();
  const isReadOnly = !useCan("values.edit");
  const data = useMemo(
    () => ({
      chats: loaded.chats,
      columns: columns.data ?? NONE,
      accounts: accounts ?? NONE,
      words,
      isReadOnly,
    }),
    [loaded.chats, columns.data, accounts, words, isReadOnly],
  );
  const { fields, view, rows } = useViewedRows(data, text, search);
  const { content, change } = view;
  const sheet = useMemo(
    () => sheetOf(data, { rows, sorting: sortingOf(content), arranged: arrangedOf(content) }),
    [data, rows, content],
  );
  return {
    loaded,
    columns,
    sheet,
    fields,
    view,
    setSorting: (sorting: Sorting | undefined) => change({ sort: sortOf(sorting) }),
    resize: (columnId: string, width: number) =>
      change({ columns: withWidth(content, idsOf(sheet), columnId, width) }),
  };
}

const NONE: readonly never[] = [];

function idsOf({ columns }: Sheet): string[] {
  return columns.map(({ id }) => id);
}

function useWords(): Words {
  const { t, i18n } = useLingui();
  const kinds = useKindNames();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words change with the language alone.
  return useMemo(
    () => ({
      kinds,
      missing: t`Required`,
      names: {
        title: t`Name`,
        account: t`Account`,
        kind: t`Type`,
        members: t`Members`,
        invite_link: t`Invite link`,
        last_message: t`Last message`,
        unread: t`Unread`,
      },
    }),
    [i18n.locale],
  );
}

/** Why no cell can be changed, where there are cells. */
function ReadOnlyNote() {
  const mayEdit = useCan("values.edit");
  const { chats } = useChats(useWorkspace().id);
  if (mayEdit || chats.length === 0) return null;
  return (
    <Text size="sm" c="dimmed" component="div" className={classes.readOnly}>
      <Lock size={16} aria-hidden />
      <Suspense>
        <UnpaidLine action="values.edit" />
      </Suspense>
    </Text>
  );
}

interface RowsProps {
  table: TableState;
  peekedRowId: string | undefined;
  onPeek: (chatId: string | undefined) => void;
  onClearFilter: () => void;
}

function Rows({ table, peekedRowId, onPeek, onClearFilter }: RowsProps): ReactNode {
  const { loaded, columns, sheet } = table;
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
  return (
    <ChatsTable
      chats={loaded.chats}
      columns={columns.data ?? []}
      sheet={sheet}
      onSort={table.setSorting}
      onResize={table.resize}
      onPeek={onPeek}
      peekedRowId={peekedRowId}
    />
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

function RowCount({ shown, all }: { shown: number; all: number }) {
  if (shown === all) return <Plural value={all} one="# row" other="# rows" />;
  return (
    <Trans>
      {shown} of {all} rows
    </Trans>
  );
}

function UndoButtons() {
  const { t } = useLingui();
  const edits = useValueEdits();
  const mayEdit = useCan("values.edit");
  const history = useSyncExternalStore(edits.subscribe, () => edits.history);
  return (
    <>
      <ActionIcon
        size={32}
        aria-label={t`Undo`}
        title={t`Undo (Ctrl+Z)`}
        disabled={!mayEdit || history.done.length === 0}
        onClick={() => edits.undo()}
      >
        <Undo2 size={16} />
      </ActionIcon>
      <ActionIcon
        size={32}
        aria-label={t`Redo`}
        title={t`Redo (Ctrl+Shift+Z)`}
        disabled={!mayEdit || history.undone.length === 0}
        onClick={() => edits.redo()}
      >
        <Redo2 size={16} />
      </ActionIcon>
    </>
  );
}

/** Beside the table where there is room, over it where there is not. */
function Peek({ children, onClose }: { children: ReactNode; onClose: () => void }) {
  const isWide = useMediaQuery("(min-width: 1024px)", true, { getInitialValueInEffect: false });
  if (isWide) return children ? <div className={classes.peek}>{children}</div> : null;
  return children ? <DetailsDrawer onClose={onClose}>{children}</DetailsDrawer> : null;
}

function usePeek(): (chatId: string | undefined) => void {
  const navigate = useNavigate({ from: "/w/$ws/chats" });
  return (peek) => void navigate({ search: (was) => ({ ...was, peek }), replace: true });
}
