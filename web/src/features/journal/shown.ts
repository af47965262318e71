/** An entry's changes as texts: fields by their names, values in words. Pure; the words are given. */

import { fieldChanges, isExcerpt, isRecord } from "./diff";

/** One line of a change. A side that is undefined had nothing there. */
export interface ShownChange {
  label: string;
  old: string | undefined;
  new: string | undefined;
}

/** How fields and values are said in the language of the screen. */
export interface Words {
  /** A field by its path, `role` or `toggles.tickets_enabled`; empty where an entry of this kind changed one thing. */
  field: (path: string, kind: string) => string;
  /** A short text that stands for something else, such as a role or a person's id; undefined when it stands for itself. */
  meaning: (field: string, value: string) => string | undefined;
  yes: string;
  no: string;
  /** Of a long text kept as its beginning. */
  excerpt: (beginning: string, characters: number) => string;
  moment: (iso: string) => string;
  /** A number as people write it; `field` says what it counts. */
  number: (value: number, field: string) => string;
}

/** What a row of the log says of its changes: not again the name that stands beside it, and of a thing that is gone what it was. */
export function inShort(changes: readonly ShownChange[], targetName: string | null): ShownChange[] {
  const isGone = changes.every((change) => change.new === undefined);
  const isName = (change: ShownChange) => change.old === undefined && change.new === targetName;
  const told = changes.length > 1 ? changes.filter((change) => !isName(change)) : [...changes];
  return isGone ? told.map((change) => ({ ...change, old: undefined, new: change.old })) : told;
}

/** A column as far as its values need it to be read. */
export interface ColumnWords {
  name: string;
  /** An option's name by its id. */
  option: (id: string) => string | undefined;
}

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;

/** Every field that changed, in words. `columnOf` finds the column a value belongs to. */
export function shownChanges(
  entry: { kind: string; old: unknown; new: unknown },
  words: Words,
  columnOf: (id: string) => ColumnWords | undefined,
): ShownChange[] {
  const column = columnOf(columnIdOf(entry) ?? "");
  const meaning = (field: string, value: string) => column?.option(value) ?? words.meaning(field, value);
  const meant = column ? { ...words, meaning } : words;
  const told = fieldChanges(entry.old, entry.new).map(({ field, old, new: new_ }) => ({
    label: column && field === "value" ? column.name : words.field(field, entry.kind),
    old: valueText(field, old, meant),
    new: valueText(field, new_, meant),
  }));
  return told.filter((change) => change.old !== change.new);
}

function columnIdOf({ old, new: new_ }: { old: unknown; new: unknown }): string | undefined {
  const found = [new_, old].find((side) => isRecord(side) && typeof side.column_id === "string");
  return isRecord(found) ? String(found.column_id) : undefined;
}

function valueText(field: string, value: unknown, words: Words): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === "boolean") return value ? words.yes : words.no;
  if (typeof value === "number") return words.number(value, field);
  if (typeof value === "string")
    return words.meaning(field, value) ?? (MOMENT.test(value) ? words.moment(value) : value);
  if (Array.isArray(value)) return value.map((each) => itemText(field, each, words)).join(", ") || undefined;
  return isExcerpt(value) ? words.excerpt(value.excerpt, value.characters) : JSON.stringify(value);
}

/** Things in a list are told by their name. */
function itemText(field: string, item: unknown, words: Words): string {
  const told = isRecord(item) && typeof item.name === "string" ? item.name : item;
  return valueText(field, told, words) ?? "";
}
