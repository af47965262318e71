/** A spreadsheet over rows and columns by id. The only room that knows Glide. */

import "@glideapps/glide-data-grid/dist/index.css";
import {
  booleanCellRenderer,
  CompactSelection,
  DataEditorCore,
  type DataEditorRef,
  type EditListItem,
  type GridColumn,
  GridColumnMenuIcon,
  type GridKeyEventArgs,
  type GridSelection,
  ImageWindowLoaderImpl,
  type Item,
  loadingCellRenderer,
  markerCellRenderer,
  newRowCellRenderer,
  type Rectangle,
  sprites,
  textCellRenderer,
} from "@glideapps/glide-data-grid";
import { useComputedColorScheme } from "@mantine/core";
import {
  type ComponentProps,
  type KeyboardEvent,
  type ReactNode,
  useCallback,
  useMemo,
  useRef,
  useState,
} from "react";
import { isTyping } from "@/lib/hotkeys";
import { cleared, type PasteResult, pasted } from "./batch";
import { cellOf, isPainted, paintedRenderer } from "./cells";
import classes from "./Grid.module.css";
import { gridTheme, peekedRowTheme } from "./gridTheme";
import { headerIcons } from "./headerIcons";
import type { CellEdit, ParsedText, RenderCellEditor, Sheet } from "./model";

const HEADER_HEIGHT = 36;
const KEYS = { search: false, downFill: true, rightFill: true } as const;
const NOTHING_SELECTED: GridSelection = { columns: CompactSelection.empty(), rows: CompactSelection.empty() };

interface GridProps {
  sheet: Sheet;
  label: string;
  rowHeight: number;
  renderEditor: RenderCellEditor;
  /** One act of the person: an edit, a paste, a fill, a delete. Refusals are texts that were left out. */
  onEdit: (result: PasteResult) => void;
  onUndo: () => void;
  onRedo: () => void;
  /** Enter or a double click on a title. */
  onOpen: (rowId: string) => void;
  /** Space on a row; then every row the cursor walks to, while one is peeked at. */
  onPeek: (rowId: string) => void;
  peekedRowId: string | undefined;
  onHeaderMenu: (columnId: string, at: { x: number; y: number }) => void;
  onResize: (columnId: string, width: number) => void;
  /** Stands right of the last column's header. */
  rightElement: ReactNode;
}

/**
 * The sheet on a canvas, with a hidden table of its cells for screen readers and tests (`glide-cell-<column>-<row>`).
 *
 * The wrapper (`data-testid="grid"`) says where a cell is: its middle lies at x = the `data-widths` before it + half
 * of its own, y = `data-header-height` + (row + ½) · `data-row-height`, minus the scroll offsets of `.dvn-scroller`
 * (the first column does not scroll sideways). `data-columns` lists the column ids in order.
 */
export function Grid(props: GridProps) {
  const { sheet, label, rowHeight, peekedRowId, rightElement } = props;
  const scheme = useComputedColorScheme("light");
  const [selection, setSelection] = useState(NOTHING_SELECTED);
  // Glide takes the focus a frame after a click; on a busy machine what is typed at once would be lost.
  const editor = useRef<DataEditorRef>(null);
  const [pictures] = useState(() => new ImageWindowLoaderImpl());
  const theme = useMemo(() => gridTheme(scheme), [scheme]);
  const columns = useMemo(() => sheet.columns.map(glideColumn), [sheet.columns]);
  const { renderEditor } = props;
  const getCellContent = useCallback(
    ([column, row]: Item) => {
      const { columns, rowIds } = sheet;
      return cellOf(sheet, rowIds[row] ?? "", columns[column] ?? MISSING, scheme, renderEditor);
    },
    [sheet, scheme, renderEditor],
  );
  const peekedRow = peekedRowId === undefined ? -1 : sheet.rowIds.indexOf(peekedRowId);
  const acts = actsOn(props, selection);
  return (
    <section
      className={classes.grid}
      aria-label={label}
      onKeyDown={acts.onUndoKeys}
      onPointerUp={(event) => event.target instanceof HTMLCanvasElement && editor.current?.focus()}
      data-testid="grid"
      data-row-height={rowHeight}
      data-header-height={HEADER_HEIGHT}
      data-columns={JSON.stringify(sheet.columns.map((each) => each.id))}
      data-widths={JSON.stringify(sheet.columns.map((each) => each.width))}
    >
      <DataEditorCore
        ref={editor}
        width="100%"
        height="100%"
        theme={theme}
        headerIcons={icons}
        columns={columns}
        rows={sheet.rowIds.length}
        rowHeight={rowHeight}
        headerHeight={HEADER_HEIGHT}
        freezeColumns={1}
        smoothScrollX
        smoothScrollY
        getCellContent={getCellContent}
        getCellsForSelection
        renderers={RENDERERS}
        customRenderers={CUSTOM_RENDERERS}
        imageWindowLoader={pictures}
        gridSelection={selection}
        onGridSelectionChange={(next) => {
          setSelection(next);
          acts.onCursor(next);
        }}
        cellActivationBehavior="double-click"
        rangeSelect="rect"
        columnSelect="none"
        rowSelect="none"
        fillHandle
        keybindings={KEYS}
        onCellsEdited={acts.onCellsEdited}
        validateCell={acts.validateCell}
        onPaste={acts.onPaste}
        onDelete={acts.onDelete}
        onCellActivated={acts.onActivated}
        onKeyDown={acts.onKeyDown}
        onHeaderMenuClick={acts.onHeaderMenu}
        onHeaderClicked={(column, event) => acts.onHeaderMenu(column, screenOf(event.bounds))}
        onHeaderContextMenu={(column, event) => {
          event.preventDefault();
          acts.onHeaderMenu(column, screenOf(event.bounds));
        }}
        onColumnResize={({ id }, width) => id && props.onResize(id, width)}
        getRowThemeOverride={(row) => (row === peekedRow ? peekedRowTheme(scheme) : undefined)}
        rightElement={rightElement}
        rightElementProps={{ fill: false, sticky: false }}
      />
    </section>
  );
}

const CUSTOM_RENDERERS = [paintedRenderer];
/** Only the kinds of cells that are shown: the others bring a Markdown reader and a picture carousel along. */
const RENDERERS = [
  booleanCellRenderer,
  loadingCellRenderer,
  markerCellRenderer,
  newRowCellRenderer,
  textCellRenderer,
] as Renderers;
type Renderers = NonNullable<ComponentProps<typeof DataEditorCore>["renderers"]>;
const icons = { ...sprites, ...headerIcons };
const MISSING = { id: "", title: "", width: 0, edit: "none" } as const;
const ARROWS = { up: " ↑", down: " ↓" } as const;

function glideColumn({ id, title, width, icon, sorted }: Sheet["columns"][number]): GridColumn {
  const shown = sorted ? title + ARROWS[sorted] : title;
  return {
    id,
    title: shown,
    width,
    ...(icon && { icon }),
    hasMenu: true,
    menuIcon: GridColumnMenuIcon.Triangle,
  };
}

/** Header bounds come in window coordinates already. */
function screenOf(bounds: Rectangle): Rectangle {
  return bounds;
}

/** What keys, clicks and the clipboard do, in the sheet's own words. */
function actsOn(props: GridProps, selection: GridSelection) {
  const { sheet, onEdit, onPeek, onOpen, onUndo, onRedo } = props;
  const columnAt = (column: number) => sheet.columns[column] ?? MISSING;
  const rowAt = (row: number) => sheet.rowIds[row] ?? "";
  return {
    onCellsEdited: (items: readonly EditListItem[]) => {
      onEdit(editsOf(sheet, items));
      return true;
    },
    validateCell: ([column]: Item, cell: EditListItem["value"]) =>
      readCell(sheet, columnAt(column).id, cell).ok,
    onPaste: ([x, y]: Item, texts: readonly (readonly string[])[]) => {
      const range = selection.current?.range;
      const area = range ?? { x, y, width: 1, height: 1 };
      onEdit(pasted(sheet, area, texts));
      return false;
    },
    onDelete: (selected: GridSelection) => {
      const areas = selected.current ? [selected.current.range, ...selected.current.rangeStack] : [];
      onEdit({ edits: cleared(sheet, areas), refusals: [] });
      return false;
    },
    onActivated: ([column, row]: Item) => {
      if (column === 0) onOpen(rowAt(row));
    },
    onKeyDown: (event: GridKeyEventArgs) => {
      const [column, row] = event.location ?? [-1, -1];
      if (event.key !== " " || row < 0 || columnAt(column).edit === "toggled") return;
      event.cancel();
      event.preventDefault();
      onPeek(rowAt(row));
    },
    onCursor: ({ current }: GridSelection) => {
      const rowId = current && sheet.rowIds[current.cell[1]];
      if (props.peekedRowId !== undefined && rowId && rowId !== props.peekedRowId) onPeek(rowId);
    },
    onHeaderMenu: (column: number, bounds: Rectangle) =>
      props.onHeaderMenu(columnAt(column).id, { x: bounds.x, y: bounds.y + bounds.height }),
    onUndoKeys: (event: KeyboardEvent) => {
      const isRedo = event.key === "y" || (event.key.toLowerCase() === "z" && event.shiftKey);
      if (!(event.ctrlKey || event.metaKey) || !/^[zy]$/i.test(event.key) || isTyping(event.target)) return;
      event.preventDefault();
      if (isRedo) onRedo();
      else onUndo();
    },
  };
}

/** Edits that Glide made cell by cell: typing, filling, toggling. */
function editsOf(sheet: Sheet, items: readonly EditListItem[]): PasteResult {
  const edits: CellEdit[] = [];
  for (const { location, value: cell } of items) {
    const column = sheet.columns[location[0]] ?? MISSING;
    const parsed = readCell(sheet, column.id, cell);
    const rowId = sheet.rowIds[location[1]];
    if (rowId && parsed.ok && column.edit !== "none")
      edits.push({ rowId, columnId: column.id, value: parsed.value });
  }
  return { edits, refusals: [] };
}

function readCell(sheet: Sheet, columnId: string, cell: EditListItem["value"]): ParsedText {
  if (isPainted(cell) && cell.data.columnId === columnId) return { ok: true, value: cell.data.value };
  if (isPainted(cell)) return sheet.parse(columnId, cell.copyData);
  if (typeof cell.data === "boolean") return { ok: true, value: cell.data ? true : null };
  return sheet.parse(columnId, typeof cell.data === "string" ? cell.data : "");
}
