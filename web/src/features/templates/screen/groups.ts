/** The list in its order: what is shared and what is one's own, each by folder. Pure. */

import type { TemplateCard, TemplateFolder } from "@/lib/api/types";

export interface Group {
  /** Null for what lies in no folder. */
  folder: TemplateFolder | null;
  cards: TemplateCard[];
}

/** One shelf's groups: what lies in no folder first. Empty folders are shown, unless the list was searched. */
export function groupsOf(
  cards: readonly TemplateCard[],
  folders: readonly TemplateFolder[],
  isShared: boolean,
  isSearched: boolean,
): Group[] {
  const shelf = cards.filter((each) => each.is_shared === isShared);
  const own = folders.filter((each) => each.is_shared === isShared);
  const known = new Set(own.map((each) => each.id));
  const loose = shelf.filter(({ folder_id }) => folder_id === null || !known.has(folder_id));
  const inFolders = own.map((folder) => ({
    folder,
    cards: shelf.filter((each) => each.folder_id === folder.id),
  }));
  return [{ folder: null, cards: loose }, ...inFolders].filter(
    ({ folder, cards: inside }) => inside.length > 0 || (folder !== null && !isSearched),
  );
}
