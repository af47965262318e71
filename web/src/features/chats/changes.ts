/** What journalled changes do to what is shown: chat rows, their own fields and values, columns. */

import * as v from "valibot";
import { type CardField, cardFieldOf, columnIdOf } from "@/features/fields/cardFields";
import { columnsQuery } from "@/features/fields/columnsQuery";
import type { StoredValue } from "@/features/fields/writer";
import { viewsQuery } from "@/features/views/viewsQuery";
import { http } from "@/lib/api/client";
import type { Change } from "@/lib/api/types";
import { cachedChat, chatsQuery, dropChats, patchChat, refetchChat, refreshChats } from "./cache";
import type { Shown } from "./live";

const content = v.union([v.string(), v.number(), v.boolean(), v.array(v.string()), v.null()]);

const setValue = v.object({
  column_id: v.string(),
  value: content,
  version: v.number(),
});

const changedCard = v.looseObject({ version: v.number() });

const changedMany = v.looseObject({
  field: v.string(),
  value: content,
});

const importedMany = v.looseObject({ field: v.string() });
const importedOne = v.object({
  value: content,
  version: v.number(),
  is_cut: v.optional(v.boolean(), false),
});

const OF_COLUMN = "column:";

/** Ends of work on many chats, after which rows hold what its entries do not say. */
const MANY_MOVED = ["bulk_edit.undone", "import.done", "import.undone"];

/** Resolves when what it needed to ask for is there. */
export async function apply(shown: Shown, change: Change): Promise<void> {
  if (change.kind.startsWith("column.")) await refreshColumns(shown, change);
  else if (change.kind.startsWith("view."))
    await shown.client.invalidateQueries({ queryKey: viewsQuery(shown.workspaceId).queryKey });
  else if (change.kind.startsWith("comment.")) await commented(shown, change);
  else if (change.kind.startsWith("ticket.")) await recount(shown, linkedIn(change));
  else if (change.kind.startsWith("value.")) await valueChanged(shown, change);
  else if (change.kind.startsWith("card.")) await cardChanged(shown, change);
  else if (change.kind === "chats.excluded" || change.kind === "chats.included")
    await chatsMoved(shown, change);
  else if (change.kind === "bulk_edit.chats_changed") await manyChanged(shown, change);
  else if (change.kind === "import.chats_changed") await manyImported(shown, change);
  else if (MANY_MOVED.includes(change.kind)) await refreshChats(shown.client, shown.workspaceId);
  else if (change.kind.startsWith("chat.")) await refetchChat(shown.client, shown.workspaceId, change.target);
}

async function commented(shown: Shown, { kind, target }: Change): Promise<void> {
  const isCounted = kind === "comment.created" || kind === "comment.deleted";
  await Promise.all([
    shown.client.invalidateQueries({ queryKey: ["comments", target] }),
    isCounted && recount(shown, [target]),
  ]);
}

/** The chats that a ticket was linked to or unlinked from, where that is what changed. */
function linkedIn({ old, new: changed }: Change): string[] {
  return [old, changed].flatMap((each) => (each as { chat_ids?: string[] } | null)?.chat_ids ?? []);
}

/** Tells anew how much hangs on those of these that are chats; the rest of them may be edited just now. */
async function recount({ client, workspaceId }: Shown, ids: readonly string[]): Promise<void> {
  const known = [...new Set(ids)].filter((id) => cachedChat(client, workspaceId, id));
  await Promise.all(
    known.map(async (chat_id) => {
      const path = { workspace_id: workspaceId, chat_id };
      const { data } = await http.GET("/workspaces/{workspace_id}/chats/{chat_id}", { params: { path } });
      if (!data) return;
      const { comments, tickets } = data;
      patchChat(client, workspaceId, chat_id, (chat) => ({ ...chat, comments, tickets }));
    }),
  );
}

async function valueChanged({ client, workspaceId, editing }: Shown, change: Change): Promise<void> {
  const read = v.safeParse(setValue, change.new);
  if (!read.success) {
    await refetchChat(client, workspaceId, change.target);
    return;
  }
  const { column_id, value, version } = read.output;
  const stored: StoredValue = { value, version, set_at: change.at, set_by: change.actor.id, is_cut: false };
  const { writer } = await editing.open();
  writer.observe(change.target, column_id, stored);
}

/** Each field by itself: others of the same card may be under way. */
async function cardChanged({ editing }: Shown, change: Change): Promise<void> {
  const read = v.safeParse(changedCard, change.new);
  if (!read.success) return;
  const { writer } = await editing.open();
  const { version, ...values } = read.output;
  for (const [field, value] of Object.entries(values)) {
    const columnId = columnIdOf(field as CardField);
    if (!cardFieldOf(columnId)) continue;
    writer.observe(change.target, columnId, {
      value: value as StoredValue["value"],
      version,
      set_at: change.at,
      set_by: change.actor.id,
      is_cut: false,
    });
  }
}

/** Many chats got one value; the version is said where it is not a chat's first. */
async function manyChanged({ client, workspaceId, editing }: Shown, change: Change): Promise<void> {
  const read = v.safeParse(changedMany, change.new);
  if (!read.success) {
    // A long text, of which the journal has the beginning.
    await refreshChats(client, workspaceId);
    return;
  }
  const { writer } = await editing.open();
  const { field, value, ...versions } = read.output;
  const columnId = shownAs(field);
  for (const chatId of Object.keys((change.old as Record<string, unknown> | null) ?? {})) {
    const version = Number(versions[chatId] ?? 1);
    writer.observe(chatId, columnId, {
      value,
      version,
      set_at: change.at,
      set_by: change.actor.id,
      is_cut: false,
    });
  }
}

/** Many chats got values of a file in one field. A longer text is shown when the import is done. */
async function manyImported({ editing }: Shown, change: Change): Promise<void> {
  const read = v.safeParse(importedMany, change.new);
  if (!read.success) return;
  const { writer } = await editing.open();
  const { field, ...values } = read.output;
  for (const [chatId, said] of Object.entries(values)) {
    const one = v.safeParse(importedOne, said);
    if (!one.success) continue;
    const { value, version, is_cut } = one.output;
    const stored = { value, version, set_at: change.at, set_by: change.actor.id, is_cut: false };
    if (!is_cut) writer.observe(chatId, shownAs(field), stored);
  }
}

function shownAs(field: string): string {
  return field.startsWith(OF_COLUMN) ? field.slice(OF_COLUMN.length) : columnIdOf(field as CardField);
}

/** Chats left the workspace or came into it. Which ones is not told of those that are hidden by now. */
async function chatsMoved({ client, workspaceId, leftOut }: Shown, change: Change): Promise<void> {
  const ids = new Set(Object.keys((change.new as Record<string, boolean> | null) ?? {}));
  for (const id of ids) leftOut.delete(id);
  if (change.kind === "chats.excluded" && ids.size > 0) dropChats(client, workspaceId, ids);
  else await refreshChats(client, workspaceId);
}

/** Changes of a column after which the chats hold other values; another default is one, too. */
const OF_ALL_VALUES = ["column.deleted", "column.converted", "column.options_merged"];

function concernsValues({ kind, old, new: changed }: Change): boolean {
  return OF_ALL_VALUES.includes(kind) || (kind === "column.changed" && defaultIn(old) !== defaultIn(changed));
}

function defaultIn(column: unknown): string | undefined {
  return JSON.stringify((column as { default?: unknown } | null)?.default);
}

async function refreshColumns({ client, workspaceId }: Shown, change: Change): Promise<void> {
  // Work on all values of a column tells of each of its steps; nothing shown follows from them before the last.
  if (change.kind.startsWith("column.values_")) return;
  await client.invalidateQueries({ queryKey: columnsQuery(workspaceId).queryKey });
  if (concernsValues(change)) await client.invalidateQueries({ queryKey: chatsQuery(workspaceId).queryKey });
}
