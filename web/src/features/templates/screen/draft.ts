/** A template that is being written: what is kept of it, and how it differs from what stands. Pure. */

import type { FileOut, Template, TemplateDraft } from "@/lib/api/types";
import type { MessageEntity } from "@/live/types";

/** Every field filled in: what a form edits. */
export interface Draft {
  name: string;
  text: string;
  entities: readonly MessageEntity[];
  shortcut: string;
  folderId: string | null;
  files: readonly FileOut[];
  isShared: boolean;
}

export const emptyDraft: Draft = {
  name: "",
  text: "",
  entities: [],
  shortcut: "",
  folderId: null,
  files: [],
  isShared: false,
};

/** `folderIds` are the folders there are: a template whose folder is gone lies in none. */
export function draftOf(template: Template, folderIds: readonly string[]): Draft {
  const { name, text, entities, shortcut, folder_id, files, is_shared } = template;
  return {
    name,
    text,
    entities,
    shortcut: shortcut ?? "",
    folderId: folder_id !== null && folderIds.includes(folder_id) ? folder_id : null,
    files,
    isShared: is_shared,
  };
}

export function isSame(one: Draft, other: Draft): boolean {
  return JSON.stringify(sendable(one)) === JSON.stringify(sendable(other));
}

/** As the API takes it. */
export function sendable({
  name,
  text,
  entities,
  shortcut,
  folderId,
  files,
  isShared,
}: Draft): TemplateDraft {
  return {
    name: name.trim(),
    text,
    entities: entities.map(({ type, offset, length, url }) => ({
      type: type as LookType,
      offset,
      length,
      url,
    })),
    shortcut: shortcut.trim().replace(/^\//u, "").toLocaleLowerCase() || null,
    folder_id: folderId,
    file_ids: files.map(({ id }) => id),
    is_shared: isShared,
  };
}

/** The editor gives no look but those that templates have. */
type LookType = NonNullable<TemplateDraft["entities"]>[number]["type"];

/** A text with something put in place of the selection; formatting behind it is the caller's to move along. */
export function inserted(text: string, selection: readonly [number, number], what: string): string {
  return text.slice(0, selection[0]) + what + text.slice(selection[1]);
}
