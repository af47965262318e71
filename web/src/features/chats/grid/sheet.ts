/** The table of chats as the grid takes it: which rows in which order, and every cell's look, value and text. Pure. */

import type { CellView, Sheet, SheetColumn } from "@/components/grid/model";
import type { ReadableColumn } from "@/features/fields/columns";
import {
  compareValues,
  isMissing,
  optionsOf,
  parseValue,
  plainText,
  valueText,
} from "@/features/fields/values";
import type { Account, Chat, Hue } from "@/lib/api/types";
import { accountHue } from "../faces";
import {
  isSystemColumn,
  systemColumns,
  systemRank,
  systemText,
  systemView,
  type Words,
} from "./systemColumns";

export interface Sorting {
  columnId: string;
  direction: "up" | "down";
}

export interface TableWish {
  sorting: Sorting | undefined;
  /** Rows are kept that contain this text in any cell. */
  filter: string;
  widths: Readonly<Record<string, number>>;
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

/** Makes the sheet; costs one pass over the chats and, when sorted, a sort. */
export function sheetOf(data: TableData, wish: TableWish): Sheet {
  const byId = new Map(data.chats.map((chat) => [chat.id, chat]));
  const table = new Table(data);
  const rows = table.sorted(table.filtered(wish.filter), wish.sorting);
  return {
    columns: sheetColumns(data, wish),
    rowIds: rows.map((chat) => chat.id),
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

/** How many chats hold a value in the column. */
export function filledCount(chats: readonly Chat[], columnId: string): number {
  return chats.filter(({ values }) => isWritten(values[columnId])).length;
}

function sheetColumns(
  { columns, words, isReadOnly }: TableData,
  { sorting, widths }: TableWish,
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
  return [...systemColumns(words), ...custom].map((column) => ({
    ...column,
    width: widths[column.id] ?? column.width,
    sorted: sorting?.columnId === column.id ? sorting.direction : undefined,
  }));
}

class Table {
  readonly #data: TableData;
  readonly #columns: ReadonlyMap<string, ReadableColumn>;
  readonly #accounts: ReadonlyMap<string, Account>;

  constructor(data: TableData) {
    this.#data = data;
    this.#columns = new Map(data.columns.map((column) => [column.id, column]));
    this.#accounts = new Map(data.accounts.map((account) => [account.id, account]));
  }

  filtered(filter: string): readonly Chat[] {
    const wanted = filter.trim().toLocaleLowerCase();
    if (wanted === "") return this.#data.chats;
    return this.#data.chats.filter((chat) =>
      this.#texts(chat).some((text) => text.toLocaleLowerCase().includes(wanted)),
    );
  }

  /** Rows without a value come last in both directions. */
  sorted(chats: readonly Chat[], sorting: Sorting | undefined): readonly Chat[] {
    if (!sorting) return chats.toSorted(byActivity);
    const sign = sorting.direction === "up" ? 1 : -1;
    const isEmpty = (chat: Chat) => this.#rank(chat, sorting.columnId) === null;
    return chats.toSorted((a, b) => {
      const empty = Number(isEmpty(a)) - Number(isEmpty(b));
      return empty || sign * this.#compare(a, b, sorting.columnId);
    });
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

  #texts(chat: Chat): string[] {
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

  #rank(chat: Chat, columnId: string) {
    if (isSystemColumn(columnId)) return systemRank(chat, columnId, this.#account(chat), this.#data.words);
    return chat.values[columnId]?.value ?? null;
  }

  #compare(a: Chat, b: Chat, columnId: string): number {
    const [first, second] = [this.#rank(a, columnId), this.#rank(b, columnId)];
    const column = this.#columns.get(columnId);
    if (column) return compareValues(column, first, second);
    if (typeof first === "number" && typeof second === "number") return first - second;
    return String(first).localeCompare(String(second));
  }

  #dot(chat: Chat): Hue {
    return accountHue([...this.#accounts.keys()], chat.account_id);
  }

  #account(chat: Chat): Account | undefined {
    return this.#accounts.get(chat.account_id);
  }
}

/** What happened last stands first; chats of accounts one is not connected to come after, by name. */
function byActivity(a: Chat, b: Chat): number {
  const [first, second] = [a.private?.last_message_at ?? "", b.private?.last_message_at ?? ""];
  return second.localeCompare(first) || a.title.localeCompare(b.title);
}
