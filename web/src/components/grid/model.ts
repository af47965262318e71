/** What a sheet is to the grid: rows and columns by id, how each cell looks, and what people did to cells. */

import type { ReactNode } from "react";
import type { Hue } from "@/lib/api/types";

export type GridValue = string | number | boolean | string[] | null;

/** How one cell looks. `title` is the frozen first column; `pills` have hues; `check` is a box. */
export type CellView =
  | { kind: "title"; text: string; initials: string; hue: Hue; dot: Hue }
  | { kind: "text"; text: string; align?: "right"; isFaded?: boolean }
  | { kind: "pills"; pills: readonly { text: string; hue: Hue }[] }
  | { kind: "check"; isChecked: boolean };

/**
 * How a cell is changed: `typed` in place, `picked` in an editor of the feature, `toggled` by a click or Space,
 * `attached` in an editor that writes by itself and takes nothing from elsewhere. `none` cells are read only.
 */
export type EditKind = "none" | "typed" | "picked" | "toggled" | "attached";

/** Whether a cell opens an editor of the feature. */
export function hasEditor({ edit }: Pick<SheetColumn, "edit">): boolean {
  return edit === "picked" || edit === "attached";
}

/** Whether values can be put into a cell from outside of it: pasted, filled in, cleared. */
export function takesValues({ edit }: Pick<SheetColumn, "edit">): boolean {
  return edit !== "none" && edit !== "attached";
}

export interface SheetColumn {
  id: string;
  title: string;
  width: number;
  edit: EditKind;
  /** Stands before the title in the header. */
  icon?:
    | "text"
    | "long_text"
    | "number"
    | "date"
    | "select"
    | "multiselect"
    | "checkbox"
    | "person"
    | "files";
  sorted?: "up" | "down" | undefined;
}

export type ParsedText = { ok: true; value: GridValue } | { ok: false; refusal: string };

/** A sheet at one moment. A new object is painted anew, so keep it while nothing changed. */
export interface Sheet {
  columns: readonly SheetColumn[];
  /** How many columns at the left do not scroll. */
  frozen: number;
  rowIds: readonly string[];
  view(rowId: string, columnId: string): CellView;
  value(rowId: string, columnId: string): GridValue;
  /** The cell as text that `parse` reads back: what is copied and what an editor starts from. */
  plain(rowId: string, columnId: string): string;
  parse(columnId: string, text: string): ParsedText;
  /** What is said of a cell on which the pointer rests: often nothing. */
  hint(rowId: string, columnId: string): string;
  /** What stands under a column, below the last row; often nothing. */
  summary(columnId: string): string;
}

/** How a cell is made to stand out: what somebody else changed just now, what was refused, what two people changed. */
export type Mark = "changed" | "refused" | "conflict";

/** Marks by `cellKey`. */
export type Marks = ReadonlyMap<string, Mark>;

export interface CellAt {
  rowId: string;
  columnId: string;
}

export function cellKey({ rowId, columnId }: CellAt): string {
  return `${rowId}/${columnId}`;
}

export interface CellEdit {
  rowId: string;
  columnId: string;
  value: GridValue;
}

/** A pasted, filled or typed text that its cell does not take: `read-only`, `gone`, or why the column refuses it. */
export interface CellRefusal {
  rowId: string;
  columnId: string;
  text: string;
  refusal: string;
}

export interface CellEditorArgs {
  rowId: string;
  columnId: string;
  value: GridValue;
  typed: string | undefined;
  commit: (value: GridValue, move: "stay" | "down" | "right" | "left") => void;
  /** Says what the value is to be when the editor is closed from outside. */
  draft: (value: GridValue) => void;
  cancel: () => void;
}

export type RenderCellEditor = (args: CellEditorArgs) => ReactNode;
