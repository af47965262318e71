/** The open view and the rows it shows. */

import { useMemo } from "react";
import { kindsOf } from "@/features/views/fields";
import type { ViewSearch } from "@/features/views/search";
import { useView } from "@/features/views/useView";
import { useMinuteMs } from "@/lib/clock";
import { containing, type TableData } from "./sheet";
import { useChatFields } from "./useChatFields";
import { dependsOnTime, useRows } from "./useRows";

export function useViewedRows(data: TableData, text: string, search: ViewSearch) {
  const minute = useMinuteMs();
  const fields = useChatFields(data.columns, data.accounts, data.words);
  const kinds = useMemo(() => kindsOf(fields), [fields]);
  const view = useView(search, kinds);
  const isWanted = useMemo(() => (text.trim() === "" ? undefined : containing(data, text)), [data, text]);
  const rows = useRows(data.chats, fields, {
    filter: view.filter,
    sort: view.content.sort,
    isWanted,
    nowMs: dependsOnTime(view.filter) ? minute : 0,
  });
  return { fields, view, rows };
}
