/** A spreadsheet over rows and columns by id. The only room that knows Glide. */

import "@glideapps/glide-data-grid/dist/index.css";
import {
  booleanCellRenderer,
  DataEditorCore,
  type DataEditorRef,
  type GridColumn,
  GridColumnMenuIcon,
  type GridSelection,
  ImageWindowLoaderImpl,
  type Item,
  loadingCellRenderer,
  markerCellRenderer,
  newRowCellRenderer,
  sprites,
  textCellRenderer,
} from "@glideapps/glide-data-grid";
import { useComputedColorScheme } from "@mantine/core";
import {
  type ComponentProps,
  type PointerEvent,
  type ReactNode,
  useCallback,
  useMemo,
  useRef,
  useState,
} from "react";
import { actsOn, MISSING } from "./acts";
import type { Area, PasteResult } from "./batch";
import { Callout } from "./Callout";
import { cellOf, paintedRenderer, summaryCell } from "./cells";
import classes from "./Grid.module.css";
import { gridTheme, peekedRowTheme } from "./gridTheme";
import { headerIcons } from "./headerIcons";
import { useHeldSheet } from "./held";
import { framesOf } from "./marks";
import type { CellAt, Marks, RenderCellEditor, Sheet } from "./model";
import { areasOf, followed, nothingSelected, placesOf, rowIdsOf, rowNumbers } from "./selection";
import { usePulledWidths } from "./widths";

const HEADER_HEIGHT = 36;
const MARKER_WIDTH = 36;
const KEYS = { search: false, downFill: true, rightFill: true } as const;
const MARKERS = { kind: "checkbox", width: MARKER_WIDTH, checkboxStyle: "square" } as const;

export interface GridProps {
  sheet: Sheet;
  label: string;
  rowHeight: number;
  renderEditor: RenderCellEditor;
  /** One act of the person: an edit, a paste, a fill, a delete. Refusals are texts that were left out. */
  onEdit: (result: PasteResult) => void;
  /** Enter or a double click on a title. */
  onOpen: (rowId: string) => void;
  /** Space on a row, or a click on its sign; then every row the cursor walks to, while one is peeked at. */
  onPeek: (rowId: string) => void;
  peekedRowId: string | undefined;
  /** A click on a header, or Alt+↓ in a cell of it. */
  onHeaderMenu: (columnId: string, at: { x: number; y: number }) => void;
  /** A column was made wider or narrower, and stays so. */
  onResize: (columnId: string, width: number) => void;
  /** A header was dragged before another one, or to the end. */
  onColumnMove: (columnId: string, beforeId: string | undefined) => void;
  /** A click or Enter under the last row. */
  onSummary: (columnId: string, at: { x: number; y: number }) => void;
  /** Rows by their boxes; Shift+Space ticks the cursor's. */
  selectedRowIds: ReadonlySet<string>;
  onSelectRows: (rowIds: ReadonlySet<string>) => void;
  /** The cells under the cursor and its range. */
  onAreas: (areas: readonly Area[]) => void;
  marks: Marks;
  /** Hangs under a cell. */
  callout: (CellAt & { content: ReactNode }) | undefined;
  /** Stands right of the last column's header. */
  rightElement: ReactNode;
}

/**
 * The sheet on a canvas, with a hidden table of its cells for screen readers and tests (`glide-cell-<column>-<row>`,
 * where column 0 holds the boxes of the rows).
 *
 * The wrapper (`data-testid="grid"`) says where a cell is: its middle lies at x = `data-marker-width` + the
 * `data-widths` before it + half of its own, y = `data-header-height` + (row + ½) · `data-row-height`, minus the scroll
 * offsets of `.dvn-scroller` (frozen columns do not scroll sideways). `data-columns` lists the column ids in order.
 */
export function Grid(props: GridProps) {
  const { label, rowHeight, peekedRowId, rightElement, callout } = props;
  const scheme = useComputedColorScheme("light");
  const box = useRef<HTMLElement>(null);
  // Glide takes the focus a frame after a click; on a busy machine what is typed at once would be lost.
  const editor = useRef<DataEditorRef>(null);
  const held = useHeldSheet(props.sheet);
  const { shown: sheet, release } = held;
  const [selection, select] = useSelection(sheet, props);
  const [pictures] = useState(() => new ImageWindowLoaderImpl());
  const [region, setRegion] = useState<unknown>();
  const pull = usePull();
  const theme = useMemo(() => gridTheme(scheme), [scheme]);
  const { shown: pulled, pull: pullWidth } = usePulledWidths(sheet.columns, props.onResize);
  const columns = useMemo(() => pulled.map(glideColumn), [pulled]);
  const { renderEditor, onPeek } = props;
  const getCellContent = useCallback(
    ([column, row]: Item) => {
      const { columns, rowIds } = sheet;
      const shown = columns[column] ?? MISSING;
      const rowId = rowIds[row];
      if (rowId === undefined) return summaryCell(sheet.summary(shown.id), scheme);
      return cellOf(sheet, rowId, shown, scheme, { renderEditor, onPeek });
    },
    [sheet, scheme, renderEditor, onPeek],
  );
  const frames = useMemo(() => framesOf(sheet, props.marks, scheme), [sheet, props.marks, scheme]);
  const peekedRow = peekedRowId === undefined ? -1 : sheet.rowIds.indexOf(peekedRowId);
  const rowCount = sheet.rowIds.length;
  const boundsOf = (column: number, row: number) => editor.current?.getBounds(column, row);
  const toCallout = () => box.current?.querySelector<HTMLElement>("[role=alert] button")?.focus();
  const acts = actsOn(props, held, selection, { boundsOf, toCallout });
  return (
    <section
      ref={box}
      className={classes.grid}
      aria-label={label}
      onPointerDownCapture={pull.start}
      onPointerMoveCapture={pull.go}
      onPointerUp={(event) => event.target instanceof HTMLCanvasElement && editor.current?.focus()}
      data-testid="grid"
      data-row-height={rowHeight}
      data-header-height={HEADER_HEIGHT}
      data-marker-width={MARKER_WIDTH}
      data-columns={JSON.stringify(sheet.columns.map((each) => each.id))}
      data-widths={JSON.stringify(pulled.map((each) => each.width))}
      data-marks={props.marks.size}
    >
      <DataEditorCore
        ref={editor}
        width="100%"
        height="100%"
        theme={theme}
        headerIcons={icons}
        columns={columns}
        rows={rowCount + 1}
        rowHeight={rowHeight}
        headerHeight={HEADER_HEIGHT}
        freezeColumns={Math.min(sheet.frozen, columns.length)}
        freezeTrailingRows={1}
        rowMarkers={MARKERS}
        smoothScrollX
        smoothScrollY
        getCellContent={getCellContent}
        getCellsForSelection
        renderers={RENDERERS}
        customRenderers={CUSTOM_RENDERERS}
        imageWindowLoader={pictures}
        gridSelection={selection}
        onGridSelectionChange={select}
        highlightRegions={frames}
        cellActivationBehavior="double-click"
        rangeSelect="rect"
        columnSelect="none"
        rowSelect="multi"
        rowSelectionMode="multi"
        rowSelectionBlending="mixed"
        rangeSelectionBlending="mixed"
        fillHandle
        keybindings={KEYS}
        onCellsEdited={acts.onCellsEdited}
        onFinishedEditing={release}
        validateCell={acts.validateCell}
        onPaste={acts.onPaste}
        onDelete={acts.onDelete}
        onCellActivated={acts.onActivated}
        onCellClicked={acts.onClicked}
        onKeyDown={acts.onKeyDown}
        onHeaderMenuClick={acts.onHeaderMenu}
        onHeaderClicked={(column, { bounds }) =>
          column >= 0 && !pull.wasFar() && acts.onHeaderMenu(column, bounds)
        }
        onHeaderContextMenu={(column, event) => {
          event.preventDefault();
          if (column >= 0) acts.onHeaderMenu(column, event.bounds);
        }}
        onColumnResize={({ id }, width) => id && pullWidth(id, width)}
        onColumnProposeMove={(from, to) => from > 0 && to > 0}
        onColumnMoved={acts.onMoved}
        onItemHovered={({ kind, location: [column, row] }) => {
          const rowId = kind === "cell" ? sheet.rowIds[row] : undefined;
          if (box.current)
            box.current.title = rowId ? sheet.hint(rowId, (sheet.columns[column] ?? MISSING).id) : "";
        }}
        onVisibleRegionChanged={(range, x, y) => setRegion(callout && [range, x, y])}
        getRowThemeOverride={(row) => (row === peekedRow ? peekedRowTheme(scheme) : undefined)}
        rightElement={rightElement}
        rightElementProps={{ fill: false, sticky: false }}
      />
      {callout && (
        <Callout
          within={box}
          find={() => boundsOf(...placeOf(sheet, callout))}
          moved={region}
          onLeft={() => editor.current?.focus()}
        >
          {callout.content}
        </Callout>
      )}
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

function placeOf({ columns, rowIds }: Sheet, { rowId, columnId }: CellAt): [number, number] {
  return [columns.findIndex((each) => each.id === columnId), rowIds.indexOf(rowId)];
}

const FAR_PX = 4;

/** Tells a click from a pull: Glide calls both a click when a header was widened or moved from under the pointer. */
function usePull() {
  const pressed = useRef({ x: 0, isFar: false });
  return {
    start: ({ clientX }: PointerEvent) => {
      pressed.current = { x: clientX, isFar: false };
    },
    go: ({ clientX, buttons }: PointerEvent) => {
      if (buttons !== 0 && Math.abs(clientX - pressed.current.x) > FAR_PX) pressed.current.isFar = true;
    },
    wasFar: () => pressed.current.isFar,
  };
}

/** The grid's selection, which stays on its rows and columns while they move. */
function useSelection(sheet: Sheet, props: GridProps) {
  const { selectedRowIds, onSelectRows, onAreas, onPeek, peekedRowId } = props;
  const [picked, setPicked] = useState(() => ({
    selection: nothingSelected,
    places: placesOf(sheet),
    sheet,
  }));
  if (picked.sheet.rowIds !== sheet.rowIds || picked.sheet.columns !== sheet.columns) {
    const places = placesOf(sheet);
    setPicked({ selection: followed(picked.selection, picked.places, places), places, sheet });
  }
  const rows = useMemo(() => rowNumbers(sheet.rowIds, selectedRowIds), [sheet.rowIds, selectedRowIds]);
  const selection = useMemo(() => ({ ...picked.selection, rows }), [picked.selection, rows]);
  const select = (next: GridSelection) => {
    setPicked((was) => ({ ...was, selection: next }));
    // Glide unticks all rows when the cursor moves; only their boxes, and Escape, which ends the cursor too, may do that.
    const isWalk = next.current !== undefined && next.current !== selection.current;
    if (next.rows !== rows && !isWalk) onSelectRows(rowIdsOf(sheet.rowIds, next.rows));
    onAreas(areasOf(next, sheet.rowIds.length));
    const rowId = next.current && sheet.rowIds[next.current.cell[1]];
    if (peekedRowId !== undefined && rowId && rowId !== peekedRowId) onPeek(rowId);
  };
  return [selection, select] as const;
}
