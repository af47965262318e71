import { expect, it } from "vitest";
import type { TemplateCard, TemplateFolder } from "@/lib/api/types";
import { groupsOf } from "./groups";

const card = (name: string, folder_id: string | null, is_shared = true): TemplateCard => ({
  id: name,
  name,
  excerpt: "",
  files: 0,
  shortcut: null,
  folder_id,
  is_shared,
  version: 1,
  changed_at: "2026-11-26T12:00:00.000Z",
});
const folder = (id: string, is_shared = true): TemplateFolder => ({ id, name: id, is_shared, version: 1 });

const cards = [card("a", "F"), card("b", null), card("c", "gone"), card("mine", null, false)];
const folders = [folder("F"), folder("empty"), folder("own", false)];
const shown = (isShared: boolean, isSearched = false) =>
  groupsOf(cards, folders, isShared, isSearched).map((group) => [
    group.folder?.id ?? null,
    group.cards.map(({ name }) => name),
  ]);

it("puts what lies in no folder, or in one that is gone, before the folders", () => {
  expect(shown(true)).toEqual([
    [null, ["b", "c"]],
    ["F", ["a"]],
    ["empty", []],
  ]);
});

it("keeps one's own apart", () => {
  expect(shown(false)).toEqual([
    [null, ["mine"]],
    ["own", []],
  ]);
});

it("leaves empty folders out of what was searched", () => {
  expect(shown(true, true).map(([name]) => name)).toEqual([null, "F"]);
});
