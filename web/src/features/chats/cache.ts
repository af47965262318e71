/** The workspace's chats in the query cache: loading them page by page, and patching single ones. */

import {
  type InfiniteData,
  infiniteQueryOptions,
  type QueryClient,
  useInfiniteQuery,
} from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { http } from "@/lib/api/client";
import type { Chat, ChatPage } from "@/lib/api/types";

const PAGE = 500;

type CachedChats = InfiniteData<ChatPage, string | undefined>;
export type LoadedPages = CachedChats;

/** With what the rows of a workspace begin, and whether they have. */
interface Begun {
  kept: Promise<readonly Chat[] | undefined>;
  isUsed: boolean;
}

const beginnings = new Map<string, Begun>();

/** Have the rows of a workspace begin with those that were kept, if there are any. */
export function beginWith(workspaceId: string, kept: Promise<readonly Chat[] | undefined>): void {
  beginnings.set(workspaceId, { kept, isUsed: false });
}

/** Every chat of the workspace, 500 a request. Live events keep it fresh, so it never becomes stale by itself. */
export function chatsQuery(workspaceId: string) {
  return infiniteQueryOptions({
    queryKey: ["chats", workspaceId],
    queryFn: ({ pageParam, signal }) =>
      pageParam === undefined ? firstPage(workspaceId, signal) : fetchPage(workspaceId, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last: ChatPage) => last.next_cursor ?? undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** What was kept is one page, and so is what takes its place later: rows that are shown do not go while they load. */
async function firstPage(workspaceId: string, signal: AbortSignal): Promise<ChatPage> {
  const begun = beginnings.get(workspaceId);
  const kept = await begun?.kept;
  if (!begun || !kept) return fetchPage(workspaceId, undefined, signal);
  if (begun.isUsed) return everyPage(workspaceId, signal);
  begun.isUsed = true;
  return { chats: [...kept], next_cursor: null };
}

async function everyPage(workspaceId: string, signal: AbortSignal): Promise<ChatPage> {
  const chats: Chat[] = [];
  let cursor: string | undefined;
  do {
    const page = await fetchPage(workspaceId, cursor, signal);
    chats.push(...page.chats);
    cursor = page.next_cursor ?? undefined;
  } while (cursor !== undefined);
  return { chats, next_cursor: null };
}

async function fetchPage(
  workspaceId: string,
  cursor: string | undefined,
  signal: AbortSignal,
): Promise<ChatPage> {
  const query = cursor === undefined ? { limit: PAGE } : { limit: PAGE, cursor };
  const { data } = await http.GET("/workspaces/{workspace_id}/chats", {
    params: { path: { workspace_id: workspaceId }, query },
    signal,
  });
  if (!data) throw new TypeError("The answer holds no page of chats.");
  return data;
}

export interface LoadedChats {
  chats: readonly Chat[];
  isPending: boolean;
  /** True until the last page has arrived; what is there can be used meanwhile. */
  isLoadingMore: boolean;
  error: Error | null;
  retry: () => void;
}

/** The chats loaded so far; goes on loading until there are no more. */
export function useChats(workspaceId: string): LoadedChats {
  const query = useInfiniteQuery(chatsQuery(workspaceId));
  const { hasNextPage, isFetching, isError, fetchNextPage } = query;
  useEffect(() => {
    if (hasNextPage && !isFetching && !isError) void fetchNextPage();
  }, [hasNextPage, isFetching, isError, fetchNextPage]);
  const chats = useMemo(() => query.data?.pages.flatMap((page) => page.chats) ?? [], [query.data]);
  return {
    chats,
    isPending: query.isPending,
    isLoadingMore: hasNextPage,
    error: query.error,
    retry: () => void (query.data ? fetchNextPage() : query.refetch()),
  };
}

/** How many requests it takes to load every chat that is known. */
export function pagesOfAll(client: QueryClient, workspaceId: string): number {
  const pages = client.getQueryData<CachedChats>(chatsQuery(workspaceId).queryKey)?.pages ?? [];
  return Math.max(1, Math.ceil(pages.reduce((sum, { chats }) => sum + chats.length, 0) / PAGE));
}

/** The chat as cached, if it is. */
export function cachedChat(client: QueryClient, workspaceId: string, chatId: string): Chat | undefined {
  const data = client.getQueryData<CachedChats>(chatsQuery(workspaceId).queryKey);
  return data?.pages.flatMap((page) => page.chats).find((each) => each.id === chatId);
}

/** Changes one cached chat; nothing happens when it is not cached. */
export function patchChat(
  client: QueryClient,
  workspaceId: string,
  chatId: string,
  how: (chat: Chat) => Chat,
): void {
  changePages(client, workspaceId, (pages) =>
    pages.map((page) => {
      if (!page.chats.some((each) => each.id === chatId)) return page;
      return { ...page, chats: page.chats.map((each) => (each.id === chatId ? how(each) : each)) };
    }),
  );
}

/** Puts a chat in place of the cached one, or adds it. */
export function putChat(client: QueryClient, workspaceId: string, chat: Chat): void {
  if (cachedChat(client, workspaceId, chat.id)) {
    patchChat(client, workspaceId, chat.id, () => chat);
    return;
  }
  changePages(client, workspaceId, ([first, ...rest]) =>
    first ? [{ ...first, chats: [...first.chats, chat] }, ...rest] : [],
  );
}

/** Reads them all again. A refresh that is under way is let run: events may come faster than answers. */
export function refreshChats(client: QueryClient, workspaceId: string): Promise<void> {
  return client.invalidateQueries({ queryKey: chatsQuery(workspaceId).queryKey }, { cancelRefetch: false });
}

/** Takes chats out of the cache. */
export function dropChats(client: QueryClient, workspaceId: string, chatIds: ReadonlySet<string>): void {
  changePages(client, workspaceId, (pages) =>
    pages.map((page) => ({ ...page, chats: page.chats.filter((each) => !chatIds.has(each.id)) })),
  );
}

/** Fetches one chat anew and caches it, unless it stays out of the workspace; one that is missing changes nothing. */
export async function refetchChat(
  client: QueryClient,
  workspaceId: string,
  chatId: string,
): Promise<Chat | undefined> {
  const path = { workspace_id: workspaceId, chat_id: chatId };
  const { data } = await http.GET("/workspaces/{workspace_id}/chats/{chat_id}", { params: { path } });
  if (data && !data.excluded) putChat(client, workspaceId, data);
  return data;
}

function changePages(client: QueryClient, workspaceId: string, how: (pages: ChatPage[]) => ChatPage[]): void {
  client.setQueryData<CachedChats>(
    chatsQuery(workspaceId).queryKey,
    (data) => data && { ...data, pages: how(data.pages) },
  );
}
