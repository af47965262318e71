/** Chats of an account that stay out of the workspace: reading them, leaving chats out, bringing them in. */

import { infiniteQueryOptions, useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { http } from "@/lib/api/client";
import type { ApiError } from "@/lib/api/errors";
import type { ExcludedChat } from "@/lib/api/types";
import { useWorkspace } from "@/lib/session";
import { accountsQuery } from "../accountsQuery";

const PAGE = 200;
/** The API takes so many at once. */
const AT_ONCE = 1_000;

function excludedQuery(workspaceId: string, accountId: string) {
  const path = { workspace_id: workspaceId, account_id: accountId };
  return infiniteQueryOptions({
    queryKey: ["excluded chats", accountId],
    queryFn: async ({ pageParam, signal }) => {
      const query = pageParam === undefined ? { limit: PAGE } : { limit: PAGE, cursor: pageParam };
      const where = "/workspaces/{workspace_id}/accounts/{account_id}/excluded-chats";
      const { data } = await http.GET(where, { params: { path, query }, signal });
      if (!data) throw new TypeError("The answer holds no page of chats.");
      return data;
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next_cursor ?? undefined,
  });
}

export interface ExcludedChats {
  chats: readonly ExcludedChat[];
  /** Until the last page is there: how many there are is not known before. */
  isPending: boolean;
  error: Error | null;
  retry: () => void;
}

/** Every chat of the account that stays out, by name. */
export function useExcludedChats(accountId: string): ExcludedChats {
  const query = useInfiniteQuery(excludedQuery(useWorkspace().id, accountId));
  const { hasNextPage, isFetching, isError, fetchNextPage } = query;
  useEffect(() => {
    if (hasNextPage && !isFetching && !isError) void fetchNextPage();
  }, [hasNextPage, isFetching, isError, fetchNextPage]);
  const chats = useMemo(() => {
    const found = query.data?.pages.flatMap((page) => page.chats) ?? [];
    return found.toSorted((a, b) => a.title.localeCompare(b.title));
  }, [query.data]);
  return {
    chats,
    isPending: query.isPending || hasNextPage,
    error: query.error,
    retry: () => void (query.data ? fetchNextPage() : query.refetch()),
  };
}

/** Leaves chats of an account out of the workspace, or brings them in. The journal tells every open table of it. */
export function useExclude(accountId: string, excluded: boolean) {
  const workspaceId = useWorkspace().id;
  const client = useQueryClient();
  return useMutation<void, ApiError, readonly string[]>({
    mutationFn: async (chatIds) => {
      const params = { path: { workspace_id: workspaceId, account_id: accountId } };
      for (let start = 0; start < chatIds.length; start += AT_ONCE) {
        const body = { chat_ids: chatIds.slice(start, start + AT_ONCE), excluded };
        await http.POST("/workspaces/{workspace_id}/accounts/{account_id}/excluded-chats", { params, body });
      }
    },
    onSettled: () => client.invalidateQueries({ queryKey: ["excluded chats", accountId] }),
  });
}

type Kind = ExcludedChat["kind"];

/** Says which kinds of chats stay out when they are first seen. */
export function useLeaveOut(accountId: string) {
  const workspaceId = useWorkspace().id;
  const client = useQueryClient();
  return useMutation<void, ApiError, Kind[]>({
    mutationFn: async (left_out) => {
      const params = { path: { workspace_id: workspaceId, account_id: accountId } };
      const where = "/workspaces/{workspace_id}/accounts/{account_id}/left-out";
      await http.PUT(where, { params, body: { left_out } });
    },
    onSettled: () => client.invalidateQueries(accountsQuery(workspaceId)),
  });
}
