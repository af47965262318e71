/** The rows and columns of the table as one sheet, and the view that arranges them. */

import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { useMediaQuery } from "@mantine/hooks";
import { useMemo } from "react";
import { useAccounts } from "@/features/accounts/accounts";
import { useColumns } from "@/features/fields/columns";
import type { ViewSearch } from "@/features/views/search";
import type { Account, Chat, Column } from "@/lib/api/types";
import { useCan, useWorkspace } from "@/lib/session";
import { useChats } from "../cache";
import { manyChatsColumns } from "../details/cardColumns";
import { useKindNames } from "../kinds";
import { allColumns, rowsOf, sheetOf } from "./sheet";
import type { Words } from "./systemColumns";
import { useViewedRows } from "./useViewedRows";

export type TableState = ReturnType<typeof useTable>;

/** `text` is what some cell of a row has to contain; `search` has the view of the address. */
export function useTable(text: string, search: ViewSearch) {
  const workspaceId = useWorkspace().id;
  const loaded = useChats(workspaceId);
  const columns = useColumns(workspaceId);
  const accounts = useAccounts().data?.accounts ?? NONE;
  const words = useWords();
  const isReadOnly = !useCan("values.edit");
  // More frozen columns than the name would leave nothing to scroll there.
  const isPhone = useMediaQuery("(max-width: 767px)", false, { getInitialValueInEffect: false });
  const { chats } = loaded;
  const own = columns.data ?? NONE;
  const ownFields = useOwnFields(chats, accounts);
  const all = useMemo(
    () => allColumns({ ownFields, columns: own, words, isReadOnly }),
    [ownFields, own, words, isReadOnly],
  );
  const data = useMemo(
    () => ({ chats, ownFields, columns: own, accounts, words }),
    [chats, ownFields, own, accounts, words],
  );
  const { fields, view, rows: shown } = useViewedRows(data, text, search);
  const { content, change } = view;
  const rows = useMemo(() => rowsOf(data, shown), [data, shown]);
  const sheet = useMemo(
    () => sheetOf(rows, all, isPhone ? { ...content, frozen: 1 } : content),
    [rows, all, content, isPhone],
  );
  return {
    loaded,
    columns: own,
    ownFields,
    columnsQuery: columns,
    all,
    sheet,
    fields,
    view,
    content,
    change,
  };
}

const NONE: readonly never[] = [];

/** Stay the same objects while nobody else is assigned: the grid is laid out anew with them. */
function useOwnFields(chats: readonly Chat[], accounts: readonly Account[]): Column[] {
  const { i18n } = useLingui();
  const assigned = useMemo(() => assignedIn(chats), [chats]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words change with the language alone.
  return useMemo(() => manyChatsColumns(accounts, assigned.split(" ")), [accounts, assigned, i18n.locale]);
}

/** Who looks after any of the chats, as one text that can be compared. */
function assignedIn(chats: readonly Chat[]): string {
  const ids = new Set<string>();
  for (const { card } of chats) if (card.assignee) ids.add(card.assignee);
  return [...ids].toSorted().join(" ");
}

function useWords(): Words {
  const { t, i18n } = useLingui();
  const kinds = useKindNames();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words change with the language alone.
  return useMemo(
    () => ({
      kinds,
      missing: t`Required`,
      names: {
        title: t`Name`,
        account: t`Account`,
        kind: t`Type`,
        members: t`Members`,
        invite_link: t`Invite link`,
        last_message: t`Last message`,
        unread: t`Unread`,
        comments: t`Comments`,
        tickets: t`Tickets`,
      },
      summaries: {
        filled: t`Filled`,
        empty: t`Empty`,
        percent: t`Filled`,
        sum: t`Sum`,
        average: t`Average`,
        least: t`Least`,
        most: t`Most`,
      },
      rows: (count: number) => plural(count, { one: "# row", other: "# rows" }),
    }),
    [i18n.locale],
  );
}
