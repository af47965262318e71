/** Over the chats: taking back, filtering, arranging, and the switch between table and board. */

import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { ActionIcon, TextInput } from "@mantine/core";
import { Columns3, Redo2, Search, SquareKanban, Table2, Undo2 } from "lucide-react";
import { Suspense, useEffect, useSyncExternalStore } from "react";
import { menuOnDemand } from "@/components/MenuOnDemand";
import { ImportButton } from "@/features/imports/ImportButton";
import { FilterButton } from "@/features/views/FilterButton";
import { useShortcuts } from "@/lib/hotkeys";
import { useCan } from "@/lib/session";
import { standBy, takeBackLast } from "@/lib/takingBack";
import { BulkEditButton } from "../bulk/BulkEditButton";
import { useValueEdits } from "../ChatsProvider";
import classes from "./Toolbar.module.css";
import type { TableState } from "./useTable";

const ColumnsMenu = menuOnDemand<TableState>(() => import("./ColumnsMenu"));
const BoardMenu = menuOnDemand<TableState>(() => import("../board/BoardMenu"));

interface ToolbarProps {
  table: TableState;
  /** What some cell of a row has to contain. */
  text: string;
  onText: (text: string) => void;
}

export function Toolbar({ table, text, onText }: ToolbarProps) {
  const { t } = useLingui();
  const { fields, view, content, change } = table;
  const { layout } = content;
  return (
    <>
      <ImportButton />
      <BulkEditButton chatIds={table.sheet.rowIds} />
      <Suspense>
        <UndoButtons />
      </Suspense>
      <FilterButton fields={fields} filter={view.filter} onChange={(filter) => change({ filter })} />
      <TextInput
        type="search"
        size="sm"
        aria-label={t`Filter rows`}
        placeholder={t`Filter rows`}
        leftSection={<Search size={16} aria-hidden />}
        className={classes.filter ?? ""}
        value={text}
        onChange={(event) => onText(event.currentTarget.value)}
      />
      {layout === "table" ? (
        <ColumnsMenu
          subject={table}
          className={classes.button ?? ""}
          aria-label={t`Columns`}
          title={t`Columns`}
        >
          <Columns3 size={16} aria-hidden />
        </ColumnsMenu>
      ) : (
        <BoardMenu subject={table} className={classes.button ?? ""} aria-label={t`Board`} title={t`Board`}>
          <Columns3 size={16} aria-hidden />
        </BoardMenu>
      )}
      <ActionIcon
        size={32}
        aria-label={layout === "table" ? t`Show as a board` : t`Show as a table`}
        title={layout === "table" ? t`Show as a board` : t`Show as a table`}
        onClick={() => change({ layout: layout === "table" ? "board" : "table" })}
      >
        {layout === "table" ? <SquareKanban size={16} /> : <Table2 size={16} />}
      </ActionIcon>
    </>
  );
}

function UndoButtons() {
  const { t } = useLingui();
  const edits = useValueEdits();
  const mayEdit = useCan("values.edit");
  const history = useSyncExternalStore(edits.subscribe, () => edits.history);
  useEffect(() => standBy(() => edits.undo()), [edits]);
  const redo = () => void edits.redo();
  useShortcuts(
    msg`Chats`,
    ["$mod+Shift+z", "$mod+y"].map((keys) => ({ keys, label: msg`Redo`, isOfFields: true, run: redo })),
  );
  return (
    <>
      <ActionIcon
        size={32}
        aria-label={t`Undo`}
        title={t`Undo (Ctrl+Z)`}
        disabled={!mayEdit || history.done.length === 0}
        onClick={takeBackLast}
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
