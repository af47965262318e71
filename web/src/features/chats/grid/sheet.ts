/** The table of chats as the grid takes it: how its rows and columns lie, and every cell's look, value and text. Pure. */

import type { CellView, GridValue, Sheet, SheetColumn } from "@/components/grid/model";
import { cardFieldOf, valueIn } from "@/features/fields/cardFields";
import type { ReadableColumn } from "@/features/fields/columns";
import { filesIn, isMissing, optionsOf, parseValue, plainText, valueText } from "@/features/fields/values";
import type { Content } from "@/features/views/content";
import type { Account, Chat, Column, Hue } from "@/lib/api/types";
import { accountHue } from "../faces";
import { arranged, lookOf, NAME, type SummaryKind, sortingOf } from "./layout";
import { summarised } from "./summaries";
import {
  isSystemColumn,
  standsLast,
  systemColumns,
  systemHint,
  systemText,
  systemView,
  type Words,
} from "./systemColumns";

/** The chats that are shown, in their order, and what is known of each. */
export interface Rows {
  ids: readonly string[];
  chats: readonly Chat[];
  /** Every chat, shown or not: a row that is held while it is edited may have left the filter. */
  byId: ReadonlyMap<string, Chat>;
  table: Table;
}

export interface TableData {
  chats: readonly Chat[];
  /** A chat's own fields as columns, before those of the workspace. */
  ownFields: readonly Column[];
  columns: readonly ReadableColumn[];
  accounts: readonly Account[];
  words: Words;
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
  files: "attached",
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
  files: 90,
} as const;

/** Makes rows of the chats that are shown: one pass. Where columns stand and how wide they are is no matter to it. */
export function rowsOf(data: TableData, shown: readonly Chat[]): Rows {
  const byId = new Map(data.chats.map((chat) => [chat.id, chat]));
  return { ids: shown.map((chat) => chat.id), chats: shown, byId, table: new Table(data) };
}

/** Lays rows and columns out as a sheet. Summaries are made as they are asked for, each in one pass over the rows. */
export function sheetOf(
  { ids, chats, byId, table }: Rows,
  columns: readonly SheetColumn[],
  content: Content,
): Sheet {
  return {
    columns: arranged(columns, content).map((column) => withLook(column, content)),
    frozen: content.frozen,
    rowIds: ids,
    view: (rowId, columnId) => table.view(byId.get(rowId), columnId),
    value: (rowId, columnId) => shownValue(byId.get(rowId), columnId),
    plain: (rowId, columnId) => table.plain(byId.get(rowId), columnId),
    parse: (columnId, text) => table.parse(columnId, text),
    hint: (rowId, columnId) => systemHint(byId.get(rowId), columnId),
    summary: remembered((columnId) =>
      table.summary(chats, columnId, lookOf(content, columnId)?.summary ?? null),
    ),
  };
}

function shownValue(chat: Chat | undefined, columnId: string): GridValue {
  return chat ? valueIn(chat, columnId) : null;
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

interface ColumnsWish {
  ownFields: readonly Column[];
  columns: readonly ReadableColumn[];
  words: Words;
  /** Values are shown, and nobody pays for changing them. */
  isReadOnly: boolean;
}

/** Every column there is, in the order of the workspace. What becomes another type is not edited meanwhile. */
export function allColumns({ ownFields, columns, words, isReadOnly }: ColumnsWish): SheetColumn[] {
  const edited = [...ownFields, ...columns].map(
    ({ id, key, name, type, conversion }): SheetColumn => ({
      id,
      title: name,
      width: WIDTHS[type],
      edit: isReadOnly || conversion ? "none" : EDITS[type],
      icon: key === "assignee" && cardFieldOf(id) ? "person" : type,
    }),
  );
  const system = systemColumns(words);
  return [...system.filter((each) => !standsLast(each)), ...edited, ...system.filter(standsLast)];
}

function withLook(column: SheetColumn, content: Content): SheetColumn {
  const sorting = sortingOf(content);
  return {
    ...column,
    width: lookOf(content, column.id)?.width ?? column.width,
    sorted: sorting?.columnId === column.id ? sorting.direction : undefined,
  };
}

function remembered(make: (id: string) => string): (id: string) => string {
  const made = new Map<string, string>();
  return (id) => {
    const text = made.get(id) ?? make(id);
    made.set(id, text);
    return text;
  };
}

class Table {
  readonly #data: TableData;
  readonly #columns: ReadonlyMap<string, ReadableColumn>;
  readonly #accounts: ReadonlyMap<string, Account>;

  constructor(data: TableData) {
    this.#data = data;
    this.#columns = new Map([...data.ownFields, ...data.columns].map((column) => [column.id, column]));
    this.#accounts = new Map(data.accounts.map((account) => [account.id, account]));
  }

  view(chat: Chat | undefined, columnId: string): CellView {
    if (!chat) return { kind: "text", text: "" };
    if (isSystemColumn(columnId))
      return systemView(chat, columnId, this.#account(chat), this.#dot(chat), this.#data.words);
    const column = this.#columns.get(columnId);
    const value = valueIn(chat, columnId);
    if (column?.type === "checkbox") return { kind: "check", isChecked: value === true };
    if (column && isMissing(column, value))
      return { kind: "text", text: this.#data.words.missing, isFaded: true };
    if (!column || value === null) return { kind: "text", text: "" };
    if (column.type === "files") return { kind: "text", text: `📎 ${filesIn(value)}` };
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
    return column ? plainText(column, valueIn(chat, columnId)) : "";
  }

  parse(columnId: string, text: string) {
    const column = this.#columns.get(columnId);
    return column ? parseValue(column, text) : ({ ok: false, refusal: "read-only" } as const);
  }

  /** The number of rows under the name; under the others what the view asks for. */
  summary(chats: readonly Chat[], columnId: string, kind: SummaryKind | null): string {
    if (columnId === NAME) return this.#data.words.rows(chats.length);
    const column = this.#columns.get(columnId);
    if (!column || !kind) return "";
    const values = chats.map((chat) => valueIn(chat, columnId));
    const found = summarised(column, kind, values);
    return found === null ? "" : `${this.#data.words.summaries[kind]} ${found}`;
  }

  texts(chat: Chat): string[] {
    const { words } = this.#data;
    const own = [
      chat.title,
      systemText(chat, "account", this.#account(chat), words),
      chat.private?.username ?? "",
    ];
    const edited = [...this.#columns.values()].map((column) => valueText(column, valueIn(chat, column.id)));
    return [...own, ...edited];
  }

  #dot(chat: Chat): Hue {
    return accountHue([...this.#accounts.keys()], chat.account_id);
  }

  #account(chat: Chat): Account | undefined {
    return this.#accounts.get(chat.account_id);
  }
}
