/** The table of chats as the grid takes it: which rows in which order, and every cell's look, value and text. Pure. */

import type { CellView, Sheet, SheetColumn } from "@/components/grid/model";
import type { ReadableColumn } from "@/features/fields/columns";
import { isMissing, optionsOf, parseValue, plainText, valueText } from "@/features/fields/values";
import type { Account, Chat, Hue } from "@/lib/api/types";
import { accountHue } from "../faces";
import { isSystemColumn, systemColumns, systemText, systemView, type Words } from "./systemColumns";

export interface Sorting {
  columnId: string;
  direction: "up" | "down";
}

export interface ArrangedColumn {
  id: string;
  /** Pixels; null: the width of its type. */
  width: number | null;
  isHidden: boolean;
}

export interface TableWish {
  /** Some of the chats, in the order they are shown in. */
  rows: readonly Chat[];
  sorting: Sorting | undefined;
  /** Columns in their places; one it does not name stands after them. */
  arranged: readonly ArrangedColumn[];
}

export interface TableData {
  chats: readonly Chat[];
  columns: readonly ReadableColumn[];
  accounts: readonly Account[];
  words: Words;
  /** Values are shown, and nobody pays for changing them. */
  isReadOnly: boolean;
}

const EDITS = {
  text: "typed",
  long_text: "picked",
  number: "typed",
  date: "picked",
  select: "picked",
  multiselect: "picked",
  checkbox: "toggled",
  person: "picked",
} as const;
const WIDTHS = {
  text: 180,
  long_text: 220,
  number: 120,
  date: 130,
  select: 150,
  multiselect: 200,
  checkbox: 100,
  person: 150,
} as const;

/** Makes the sheet of these rows; costs one pass over the chats. */
export function sheetOf(data: TableData, wish: TableWish): Sheet {
  const byId = new Map(data.chats.map((chat) => [chat.id, chat]));
  const table = new Table(data);
  return {
    columns: sheetColumns(data, wish),
    rowIds: wish.rows.map((chat) => chat.id),
    view: (rowId, columnId) => table.view(byId.get(rowId), columnId),
    value: (rowId, columnId) => byId.get(rowId)?.values[columnId]?.value ?? null,
    plain: (rowId, columnId) => table.plain(byId.get(rowId), columnId),
    parse: (columnId, text) => table.parse(columnId, text),
  };
}

/** A default stands where nothing was ever written: with version 0. */
function isWritten(stored: Chat["values"][string] | undefined): boolean {
  return stored !== undefined && stored.version > 0 && stored.value !== null;
}

/** What tells of each chat whether any of its cells contains the text. */
export function containing(data: TableData, text: string): (chat: Chat) => boolean {
  const table = new Table(data);
  const wanted = text.trim().toLocaleLowerCase();
  return (chat) => table.texts(chat).some((each) => each.toLocaleLowerCase().includes(wanted));
}

/** How many chats hold a value in the column. */
export function filledCount(chats: readonly Chat[], columnId: string): number {
  return chats.filter(({ values }) => isWritten(values[columnId])).length;
}

function sheetColumns(
  { columns, words, isReadOnly }: TableData,
  { sorting, arranged }: TableWish,
): SheetColumn[] {
  const custom = columns.map(
    ({ id, name, type, conversion }): SheetColumn => ({
      id,
      title: name,
      width: WIDTHS[type],
      edit: isReadOnly || conversion ? "none" : EDITS[type],
      icon: type,
    }),
  );
  const places = new Map(arranged.map((column, place) => [column.id, { ...column, place }]));
  const placeOf = (id: string) => (id === FIRST ? -1 : (places.get(id)?.place ?? places.size));
  return [...systemColumns(words), ...custom]
    .filter(({ id }) => id === FIRST || !places.get(id)?.isHidden)
    .toSorted((a, b) => placeOf(a.id) - placeOf(b.id))
    .map((column) => ({
      ...column,
      width: places.get(column.id)?.width ?? column.width,
      sorted: sorting?.columnId === column.id ? sorting.direction : undefined,
    }));
}

/** The name is always shown, and always first. */
const FIRST = "title";

class Table {
  readonly #data: TableData;
  readonly #columns: ReadonlyMap<string, ReadableColumn>;
  readonly #accounts: ReadonlyMap<string, Account>;

  constructor(data: TableData) {
    this.#data = data;
    this.#columns = new Map(data.columns.map((column) => [column.id, column]));
    this.#accounts = new Map(data.accounts.map((account) => [account.id, account]));
  }

  view(chat: Chat | undefined, columnId: string): CellView {
    if (!chat) return { kind: "text", text: "" };
    if (isSystemColumn(columnId))
      return systemView(chat, columnId, this.#account(chat), this.#dot(chat), this.#data.words);
    const column = this.#columns.get(columnId);
    const value = chat.values[columnId]?.value ?? null;
    if (column?.type === "checkbox") return { kind: "check", isChecked: value === true };
    if (column && isMissing(column, value))
      return { kind: "text", text: this.#data.words.missing, isFaded: true };
    if (!column || value === null) return { kind: "text", text: "" };
    const options = optionsOf(column, value);
    if (options.length > 0)
      return { kind: "pills", pills: options.map(({ name, hue }) => ({ text: name, hue })) };
    const text = valueText(column, value);
    return column.type === "number" ? { kind: "text", text, align: "right" } : { kind: "text", text };
  }

  plain(chat: Chat | undefined, columnId: string): string {
    if (!chat) return "";
    if (isSystemColumn(columnId)) return systemText(chat, columnId, this.#account(chat), this.#data.words);
    const column = this.#columns.get(columnId);
    return column ? plainText(column, chat.values[columnId]?.value ?? null) : "";
  }

  parse(columnId: string, text: string) {
    const column = this.#columns.get(columnId);
    return column ? parseValue(column, text) : ({ ok: false, refusal: "read-only" } as const);
  }

  texts(chat: Chat): string[] {
    const { words } = this.#data;
    const own = [
      chat.title,
      systemText(chat, "account", this.#account(chat), words),
      chat.private?.username ?? "",
    ];
    return [
      ...own,
      ...this.#data.columns.map((column) => valueText(column, chat.values[column.id]?.value ?? null)),
    ];
  }

  #dot(chat: Chat): Hue {
    return accountHue([...this.#accounts.keys()], chat.account_id);
  }

  #account(chat: Chat): Account | undefined {
    return this.#accounts.get(chat.account_id);
  }
}
