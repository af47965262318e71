/** The grid with the workspace's chats in it: edits, the menus of its columns, and their dialogs. */

import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Loader } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from "react";
import type { Area, PasteResult } from "@/components/grid/batch";
import { Grid } from "@/components/grid/Grid";
import type { CellEditorArgs, RenderCellEditor, Sheet } from "@/components/grid/model";
import { useAccounts } from "@/features/accounts/accounts";
import { cardFieldOf } from "@/features/fields/cardFields";
import { type ReadableColumn, useColumns } from "@/features/fields/columns";
import { CellEditor, loadDates } from "@/features/fields/editors/CellEditor";
import { useCreateOption } from "@/features/fields/useCreateOption";
import { useLatest } from "@/lib/latest";
import { usePreference } from "@/lib/preferences";
import { useCan, useWorkspace } from "@/lib/session";
import { useValueEdits } from "../ChatsProvider";
import { cachedChat } from "../cache";
import { cardColumns } from "../details/cardColumns";
import { useTableConflicts } from "../tableConflicts";
import { applyEdits } from "./applyEdits";
import classes from "./ChatsTable.module.css";
import type { ColumnAct } from "./ColumnDialogs";
import type { MenuAt } from "./ColumnMenu";
import { ConflictCallout } from "./ConflictCallout";
import { lookOf, withMoved, withSummary, withWidth } from "./layout";
import { useMarks } from "./useMarks";
import type { TableState } from "./useTable";

const FilesEditor = lazy(() => import("@/features/fields/editors/FilesEditor"));
const ColumnMenu = lazy(async () => ({ default: (await import("./ColumnMenu")).ColumnMenu }));
const ColumnDialogs = lazy(async () => ({ default: (await import("./ColumnDialogs")).ColumnDialogs }));
const SummaryMenu = lazy(() => import("./SummaryMenu"));

interface ChatsTableProps {
  table: TableState;
  onPeek: (chatId: string) => void;
  peekedRowId: string | undefined;
  selected: ReadonlySet<string>;
  onSelect: (rowIds: ReadonlySet<string>) => void;
  onAreas: (areas: readonly Area[]) => void;
}

export function ChatsTable({ table, selected, onSelect, ...rest }: ChatsTableProps) {
  const { t } = useLingui();
  const { sheet, content, change, all } = table;
  const edits = useValueEdits();
  const [density] = usePreference("density");
  const menus = useMenus(table);
  const { marks, callout, markRefused } = useStandingOut(table);
  usePreloadedDates(table.columns);
  const onEdit = (result: PasteResult) => {
    applyEdits(result, edits);
    markRefused(result.refusals);
  };
  return (
    <>
      <Grid
        {...rest}
        sheet={sheet}
        label={t`Chats`}
        rowHeight={density === "compact" ? 32 : 40}
        renderEditor={renderEditor}
        onEdit={onEdit}
        onOpen={useOpenChat()}
        onHeaderMenu={(columnId, at) => menus.openHeader({ columnId, ...at })}
        onSummary={(columnId, at) => menus.openSummary({ columnId, ...at })}
        onResize={(columnId, width) => change(withWidth(all, content, columnId, width))}
        onColumnMove={(columnId, beforeId) => change(withMoved(all, content, columnId, beforeId))}
        selectedRowIds={selected}
        onSelectRows={onSelect}
        marks={marks}
        callout={callout}
        rightElement={menus.mayChange && <AddColumn onClick={() => menus.setAct({ kind: "add" })} />}
      />
      <Suspense>{menus.shown}</Suspense>
    </>
  );
}

/** The menu under a header, the one under a column, and the dialog that was asked for in one. */
function useMenus(table: TableState) {
  const [header, openHeader] = useState<MenuAt>();
  const [summary, setSummary] = useState<MenuAt>();
  const [act, setAct] = useState<ColumnAct>();
  const mayChange = useCan("columns.manage");
  const { loaded, columns, ownFields, all, content, change } = table;
  const summed = [...ownFields, ...columns].find((each) => each.id === summary?.columnId);
  const shown = (
    <>
      {header && (
        <ColumnMenu
          at={header}
          table={table}
          column={mayChange ? columns.find((each) => each.id === header.columnId) : undefined}
          onAct={setAct}
          onClose={() => openHeader(undefined)}
        />
      )}
      {summary && summed && (
        <SummaryMenu
          at={summary}
          column={summed}
          chosen={lookOf(content, summed.id)?.summary ?? null}
          onChoose={(kind) => change(withSummary(all, content, summed.id, kind))}
          onClose={() => setSummary(undefined)}
        />
      )}
      {act && <ColumnDialogs act={act} chats={loaded.chats} onClose={() => setAct(undefined)} />}
    </>
  );
  return { openHeader, openSummary: setSummary, setAct, mayChange, shown };
}

/** Cells that stand out, and the first conflict under its cell. */
function useStandingOut({ loaded, sheet }: TableState) {
  const conflicts = useTableConflicts(useShowsCell(sheet));
  const { marks, markRefused } = useMarks(loaded.chats, conflicts);
  const callout = useMemo(() => {
    const [first] = conflicts;
    const content = <ConflictCallout conflicts={conflicts} />;
    return first && { rowId: first.chatId, columnId: first.column.id, content };
  }, [conflicts]);
  return { marks, callout, markRefused };
}

function useShowsCell({ rowIds, columns }: Sheet) {
  const latest = useLatest({ rowIds, columns });
  return useCallback(
    (chatId: string, columnId: string) =>
      latest.current.rowIds.includes(chatId) && latest.current.columns.some(({ id }) => id === columnId),
    [latest],
  );
}

function useOpenChat() {
  const navigate = useNavigate();
  const ws = useWorkspace().id;
  return (chatId: string) => void navigate({ to: "/w/$ws/inbox/$chatId", params: { ws, chatId } });
}

function AddColumn({ onClick }: { onClick: () => void }) {
  const { t } = useLingui();
  return (
    <div className={classes.add}>
      <ActionIcon size={28} aria-label={t`Add column`} onClick={onClick}>
        <Plus size={16} />
      </ActionIcon>
    </div>
  );
}

/** Dates are picked with something larger, which is loaded before the first editor opens. */
function usePreloadedDates(columns: readonly ReadableColumn[]): void {
  const hasDates = columns.some(({ type }) => type === "date");
  useEffect(() => {
    if (hasDates) void loadDates();
  }, [hasDates]);
}

const renderEditor: RenderCellEditor = (args) => <TableEditor {...args} />;

/** What is picked or long has an editor of its own. It stays open while its column gets another option. */
function TableEditor({ rowId, columnId, value, typed, commit, draft, cancel }: CellEditorArgs) {
  const workspaceId = useWorkspace().id;
  const column = useEditedColumn(rowId, columnId);
  const createOption = useCreateOption(workspaceId);
  const edits = useValueEdits();
  const client = useQueryClient();
  const [isCut] = useState(() => cachedChat(client, workspaceId, rowId)?.values[columnId]?.is_cut);
  if (!column) return null;
  if (column.type === "files") {
    return (
      <Suspense fallback={<Loader size="sm" m="md" />}>
        <FilesEditor
          column={column}
          value={value}
          onChange={(files) => edits.set(rowId, columnId, files)}
          onCancel={cancel}
        />
      </Suspense>
    );
  }
  return (
    <CellEditor
      column={column}
      value={value}
      typed={typed}
      onCommit={commit}
      onDraft={draft}
      onCancel={cancel}
      onCreateOption={cardFieldOf(columnId) ? undefined : (name) => createOption(column, name)}
      whole={isCut ? () => edits.whole(rowId, columnId) : undefined}
    />
  );
}

/** A column of the workspace, or a field of this chat's own: who can be assigned depends on its account. */
function useEditedColumn(rowId: string, columnId: string): ReadableColumn | undefined {
  const workspaceId = useWorkspace().id;
  const own = useColumns(workspaceId).data?.find((each) => each.id === columnId);
  const accounts = useAccounts().data?.accounts;
  const chat = cachedChat(useQueryClient(), workspaceId, rowId);
  if (own || !chat || !cardFieldOf(columnId)) return own;
  const account = accounts?.find((each) => each.id === chat.account_id);
  return cardColumns(chat, account).find((each) => each.id === columnId);
}
