/** Numbers that the API gives part by part of the chats, added up while the parts come. */

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { http } from "@/lib/api/client";
import type { Column, ColumnUsage, ConversionPreview } from "@/lib/api/types";

const NAMED_MISFITS = 50;

interface Counted<Sum> {
  sum: Sum;
  /** No part is left. */
  isWhole: boolean;
}

/** How many chats have a value in a column, and each of its options. */
export function useColumnUsage(workspaceId: string, columnId: string) {
  return useAddedUp(
    ["column-usage", workspaceId, columnId],
    async (cursor) => {
      const path = { workspace_id: workspaceId, column_id: columnId };
      const { data } = await http.GET("/workspaces/{workspace_id}/columns/{column_id}/usage", {
        params: { path, query: cursor === null ? {} : { cursor } },
      });
      return data;
    },
    addUsage,
  );
}

/** What would become of a column's values in another type. */
export function useConversionPreview(workspaceId: string, columnId: string, to: Column["type"]) {
  return useAddedUp(
    ["column-conversion", workspaceId, columnId, to],
    async (cursor) => {
      const path = { workspace_id: workspaceId, column_id: columnId };
      const { data } = await http.POST("/workspaces/{workspace_id}/columns/{column_id}/conversion/preview", {
        params: { path },
        body: { to, cursor },
      });
      return data;
    },
    addPreview,
  );
}

/** Asks for part after part and shows the sum after each. What was counted once is counted anew when asked again. */
function useAddedUp<Part extends { next_cursor: string | null }>(
  queryKey: readonly string[],
  ask: (cursor: string | null) => Promise<Part | undefined>,
  add: (sum: Part, part: Part) => Part,
) {
  const client = useQueryClient();
  return useQuery({
    queryKey,
    staleTime: 0,
    gcTime: 0,
    queryFn: async (): Promise<Counted<Part>> => {
      let sum: Part | undefined;
      let cursor: string | null = null;
      do {
        const part: Part | undefined = await ask(cursor);
        if (!part) throw new TypeError("The answer holds no part.");
        sum = sum ? add(sum, part) : part;
        cursor = part.next_cursor;
        if (cursor !== null) client.setQueryData(queryKey, { sum, isWhole: false });
      } while (cursor !== null);
      return { sum, isWhole: true };
    },
  });
}

export function addUsage(sum: ColumnUsage, part: ColumnUsage): ColumnUsage {
  const options = { ...sum.options };
  for (const [id, count] of Object.entries(part.options)) options[id] = (options[id] ?? 0) + count;
  return { filled: sum.filled + part.filled, options, next_cursor: part.next_cursor };
}

export function addPreview(sum: ConversionPreview, part: ConversionPreview): ConversionPreview {
  return {
    fitting: sum.fitting + part.fitting,
    misfits: sum.misfits + part.misfits,
    first: [...sum.first, ...part.first].slice(0, NAMED_MISFITS),
    next_cursor: part.next_cursor,
  };
}
