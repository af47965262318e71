/** The cells we paint ourselves: the chat's title with its account, pills, and everything with an editor of its own. */

import {
  type CustomCell,
  type CustomRenderer,
  type GridCell,
  GridCellKind,
} from "@glideapps/glide-data-grid";
import type { Hue } from "@/lib/api/types";
import { hues, type Scheme } from "@/lib/theme/tokens";
import { fadedTheme, summaryTheme } from "./gridTheme";
import {
  type CellView,
  type GridValue,
  hasEditor,
  type RenderCellEditor,
  type Sheet,
  type SheetColumn,
} from "./model";

/** What a cell of ours can do besides being drawn. */
interface CellActs {
  renderEditor: RenderCellEditor;
  onPeek: (rowId: string) => void;
}

interface PaintedData extends CellActs {
  view: Exclude<CellView, { kind: "check" }>;
  scheme: Scheme;
  rowId: string;
  columnId: string;
  value: GridValue;
}

type PaintedCell = CustomCell<PaintedData>;

const AVATAR = 24;
const DOT = 4;
const PILL_HEIGHT = 20;
const PILL_GAP = 4;
const PILL_MIN = 28;
/** At the right of a title: the sign that opens the row beside the table. */
const PEEK_ROOM = 32;

const MOVES = { stay: [0, 0], down: [0, 1], right: [1, 0], left: [-1, 0] } as const;

/** One cell of the sheet as Glide takes it. */
export function cellOf(
  sheet: Sheet,
  rowId: string,
  column: SheetColumn,
  scheme: Scheme,
  acts: CellActs,
): GridCell {
  const view = sheet.view(rowId, column.id);
  if (view.kind === "check") {
    const readonly = column.edit === "none";
    return { kind: GridCellKind.Boolean, data: view.isChecked, allowOverlay: false, readonly };
  }
  const plain = sheet.plain(rowId, column.id);
  if (view.kind === "text" && !hasEditor(column)) return textCell(view, plain, column, scheme);
  const data: PaintedData = {
    view,
    scheme,
    rowId,
    columnId: column.id,
    value: sheet.value(rowId, column.id),
    ...acts,
  };
  return { kind: GridCellKind.Custom, data, copyData: plain, allowOverlay: hasEditor(column) };
}

/** A cell of the row under all others. It is chosen, not edited. */
export function summaryCell(text: string, scheme: Scheme): GridCell {
  return {
    kind: GridCellKind.Text,
    data: text,
    displayData: text,
    copyData: text,
    allowOverlay: false,
    readonly: true,
    cursor: "pointer",
    themeOverride: summaryTheme(scheme),
  };
}

type TextView = Extract<CellView, { kind: "text" }>;

function textCell(view: TextView, plain: string, column: SheetColumn, scheme: Scheme): GridCell {
  return {
    kind: GridCellKind.Text,
    data: plain,
    displayData: view.text,
    copyData: plain,
    allowOverlay: column.edit === "typed",
    readonly: column.edit !== "typed",
    contentAlign: view.align ?? "left",
    ...(view.isFaded && { themeOverride: fadedTheme(scheme) }),
  };
}

export function isPainted(cell: GridCell): cell is PaintedCell {
  return cell.kind === GridCellKind.Custom && "view" in cell.data;
}

export const paintedRenderer: CustomRenderer<PaintedCell> = {
  kind: GridCellKind.Custom,
  isMatch: (cell): cell is PaintedCell => "view" in cell.data,
  draw: (args, cell) => {
    const { view } = cell.data;
    if (view.kind === "title") drawTitle(args, view, cell.data.scheme);
    else if (view.kind === "pills") drawPills(args, view.pills, cell.data.scheme);
    else drawText(args, view.text, args.rect.x + args.theme.cellHorizontalPadding, textColor(args, view));
  },
  needsHover: true,
  onClick: ({ cell, posX, bounds, preventDefault }) => {
    if (cell.data.view.kind !== "title" || posX < bounds.width - PEEK_ROOM) return undefined;
    preventDefault();
    cell.data.onPeek(cell.data.rowId);
    return undefined;
  },
  provideEditor: () => ({ editor: PickedEditor, disablePadding: true }),
};

interface EditorProps {
  value: PaintedCell;
  initialValue?: string;
  onChange: (cell: PaintedCell) => void;
  onFinishedEditing: (cell?: PaintedCell, movement?: readonly [-1 | 0 | 1, -1 | 0 | 1]) => void;
}

function PickedEditor({ value: cell, initialValue, onChange, onFinishedEditing }: EditorProps) {
  const { rowId, columnId, value, renderEditor } = cell.data;
  const holding = (picked: GridValue) => ({ ...cell, data: { ...cell.data, value: picked } });
  return renderEditor({
    rowId,
    columnId,
    value,
    typed: initialValue,
    draft: (picked) => onChange(holding(picked)),
    commit: (picked, move) => onFinishedEditing(holding(picked), MOVES[move]),
    cancel: () => onFinishedEditing(undefined, MOVES.stay),
  });
}

type DrawArgs = Parameters<CustomRenderer<PaintedCell>["draw"]>[0];

function drawTitle(args: DrawArgs, view: Extract<CellView, { kind: "title" }>, scheme: Scheme): void {
  const { ctx, rect, theme } = args;
  const x = rect.x + theme.cellHorizontalPadding;
  const middle = rect.y + rect.height / 2;
  circle(ctx, x + AVATAR / 2, middle, AVATAR / 2, hues[view.hue].bg[scheme]);
  ctx.font = `500 10px ${theme.fontFamily}`;
  ctx.textAlign = "center";
  ctx.fillStyle = hues[view.hue].text[scheme];
  ctx.fillText(view.initials, x + AVATAR / 2, middle + 0.5);
  ctx.textAlign = "start";
  circle(ctx, x + AVATAR - 2, middle + AVATAR / 2 - 3, DOT + 1.5, theme.bgCell);
  circle(ctx, x + AVATAR - 2, middle + AVATAR / 2 - 3, DOT, dotColor(view.dot, scheme));
  ctx.font = `500 ${theme.baseFontFull}`;
  drawText(args, view.text, x + AVATAR + 10, theme.textDark, args.hoverAmount > 0 ? PEEK_ROOM : 0);
  if (args.hoverAmount > 0) drawPeekSign(args);
}

/** Two arrows that part. */
function drawPeekSign({ ctx, rect, theme, hoverAmount }: DrawArgs): void {
  const [x, y] = [rect.x + rect.width - PEEK_ROOM / 2 - 4, rect.y + rect.height / 2];
  ctx.globalAlpha = hoverAmount;
  ctx.strokeStyle = theme.textMedium;
  ctx.lineWidth = 1.5;
  ctx.beginPath();
  for (const side of [1, -1]) {
    ctx.moveTo(x + side, y - side);
    ctx.lineTo(x + 5 * side, y - 5 * side);
    ctx.moveTo(x + side, y - 5 * side);
    ctx.lineTo(x + 5 * side, y - 5 * side);
    ctx.lineTo(x + 5 * side, y - side);
  }
  ctx.stroke();
  ctx.globalAlpha = 1;
}

interface PillLook {
  text: string;
  hue: Hue;
}

/** One after the other, as many as there is room for; the last one shown is cut where it must be. */
function drawPills(args: DrawArgs, pills: readonly PillLook[], scheme: Scheme): void {
  const { rect, theme } = args;
  let x = rect.x + theme.cellHorizontalPadding;
  const end = rect.x + rect.width - theme.cellHorizontalPadding;
  for (const pill of pills) {
    if (end - x < PILL_MIN) return;
    x += drawPill(args, pill, scheme, x, end - x) + PILL_GAP;
  }
}

/** Draws one pill and gives its width. */
function drawPill(
  { ctx, rect, theme }: DrawArgs,
  pill: PillLook,
  scheme: Scheme,
  x: number,
  room: number,
): number {
  ctx.font = `500 12px ${theme.fontFamily}`;
  const text = fitted(ctx, pill.text, room - 16);
  const width = ctx.measureText(text).width + 16;
  ctx.fillStyle = hues[pill.hue].bg[scheme];
  ctx.beginPath();
  ctx.roundRect(x, rect.y + (rect.height - PILL_HEIGHT) / 2, width, PILL_HEIGHT, 4);
  ctx.fill();
  ctx.fillStyle = hues[pill.hue].text[scheme];
  ctx.fillText(text, x + 8, rect.y + rect.height / 2 + 1);
  return width;
}

function textColor({ theme }: DrawArgs, { isFaded }: TextView): string {
  return isFaded ? theme.textMedium : theme.textDark;
}

function drawText({ ctx, rect, theme }: DrawArgs, text: string, x: number, color: string, aside = 0): void {
  ctx.fillStyle = color;
  const room = rect.x + rect.width - x - theme.cellHorizontalPadding - aside;
  ctx.fillText(fitted(ctx, text, room), x, rect.y + rect.height / 2 + 1);
}

/** Cuts the text with an ellipsis so that it fits; halves the search, so long titles cost little. */
function fitted(ctx: CanvasRenderingContext2D, text: string, room: number): string {
  if (ctx.measureText(text).width <= room) return text;
  let [fits, over] = [0, text.length];
  while (over - fits > 1) {
    const half = Math.floor((fits + over) / 2);
    if (ctx.measureText(`${text.slice(0, half)}…`).width <= room) fits = half;
    else over = half;
  }
  return `${text.slice(0, fits)}…`;
}

function circle(ctx: CanvasRenderingContext2D, x: number, y: number, radius: number, color: string): void {
  ctx.fillStyle = color;
  ctx.beginPath();
  ctx.arc(x, y, radius, 0, 2 * Math.PI);
  ctx.fill();
}

function dotColor(hue: Hue, scheme: Scheme): string {
  return hues[hue].text[scheme];
}
