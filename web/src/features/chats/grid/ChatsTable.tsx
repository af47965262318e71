/** The grid with the workspace's chats in it: edits, the menus of its columns, and their dialogs. */

import { plural, t } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { ActionIcon } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { lazy, Suspense, useEffect, useState } from "react";
import type { PasteResult } from "@/components/grid/batch";
import { Grid } from "@/components/grid/Grid";
import type { CellEditorArgs, CellRefusal, RenderCellEditor, Sheet } from "@/components/grid/model";
import { type ReadableColumn, useColumns } from "@/features/fields/columns";
import { CellEditor, loadDates } from "@/features/fields/editors/CellEditor";
import { refusalText } from "@/features/fields/refusalText";
import { useCreateOption } from "@/features/fields/useCreateOption";
import type { Refusal } from "@/features/fields/values";
import type { Chat } from "@/lib/api/types";
import { notifyProblem, notifyUndo } from "@/lib/notify";
import { usePreference } from "@/lib/preferences";
import { useCan, useWorkspace } from "@/lib/session";
import { useValueEdits } from "../ChatsProvider";
import { cachedChat } from "../cache";
import type { ValueEdits } from "../edits";
import classes from "./ChatsTable.module.css";
import type { ColumnAct } from "./ColumnDialogs";
import type { ColumnMenuAt } from "./ColumnMenu";
import type { Sorting } from "./sheet";

const ColumnMenu = lazy(async () => ({ default: (await import("./ColumnMenu")).ColumnMenu }));
const ColumnDialogs = lazy(async () => ({ default: (await import("./ColumnDialogs")).ColumnDialogs }));

interface ChatsTableProps {
  chats: readonly Chat[];
  columns: readonly ReadableColumn[];
  sheet: Sheet;
  onSort: (sorting: Sorting | undefined) => void;
  onResize: (columnId: string, width: number) => void;
  onPeek: (chatId: string) => void;
  peekedRowId: string | undefined;
}

export function ChatsTable({ chats, columns, sheet, onSort, ...rest }: ChatsTableProps) {
  const { t } = useLingui();
  const workspace = useWorkspace();
  const edits = useValueEdits();
  const navigate = useNavigate();
  const [density] = usePreference("density");
  const [menu, setMenu] = useState<ColumnMenuAt>();
  const [act, setAct] = useState<ColumnAct>();
  const mayChange = useCan("columns.manage");
  usePreloadedDates(columns);
  return (
    <>
      <Grid
        {...rest}
        sheet={sheet}
        label={t`Chats`}
        rowHeight={density === "compact" ? 32 : 40}
        renderEditor={renderEditor}
        onEdit={(result) => applyEdits(result, edits)}
        onUndo={() => edits.undo()}
        onRedo={() => edits.redo()}
        onOpen={(chatId) =>
          void navigate({ to: "/w/$ws/inbox/$chatId", params: { ws: workspace.id, chatId } })
        }
        onHeaderMenu={(columnId, at) => setMenu({ columnId, ...at })}
        rightElement={mayChange && <AddColumn onClick={() => setAct({ kind: "add" })} />}
      />
      <Suspense>
        {menu && (
          <ColumnMenu
            at={menu}
            column={mayChange ? columns.find((each) => each.id === menu.columnId) : undefined}
            onSort={onSort}
            onAct={setAct}
            onClose={() => setMenu(undefined)}
          />
        )}
        {act && <ColumnDialogs act={act} chats={chats} onClose={() => setAct(undefined)} />}
      </Suspense>
    </>
  );
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
  const column = useColumns(workspaceId).data?.find((each) => each.id === columnId);
  const createOption = useCreateOption(workspaceId);
  const edits = useValueEdits();
  const client = useQueryClient();
  const [isCut] = useState(() => cachedChat(client, workspaceId, rowId)?.values[columnId]?.is_cut);
  if (!column) return null;
  return (
    <CellEditor
      column={column}
      value={value}
      typed={typed}
      onCommit={commit}
      onDraft={draft}
      onCancel={cancel}
      onCreateOption={(name) => createOption(column, name)}
      whole={isCut ? () => edits.whole(rowId, columnId) : undefined}
    />
  );
}

/** Makes the edits; many at once are offered to be taken back, and what did not fit is said. */
function applyEdits({ edits: cells, refusals }: PasteResult, edits: ValueEdits): void {
  const changed = edits.setMany(
    cells.map(({ rowId, columnId, value }) => ({ chatId: rowId, columnId, value })),
  );
  if (changed > 1)
    notifyUndo(plural(changed, { one: "# value changed", other: "# values changed" }), () => edits.undo());
  const [first] = refusals;
  if (first) notifyProblem(refusedText(first, refusals.length));
}

function refusedText(first: CellRefusal, count: number): string {
  const reason =
    first.refusal === "read-only" ? t`This column cannot be changed` : refusalText(first.refusal as Refusal);
  const text = first.text.length > 24 ? `${first.text.slice(0, 24)}…` : first.text;
  const example = `“${text}”: ${reason}`;
  return count === 1
    ? t`1 cell was left as it was. ${example}`
    : t`${count} cells were left as they were. ${example}`;
}
