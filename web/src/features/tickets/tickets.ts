/** The workspace's tickets in the query cache: loading them page by page, and patching single ones. */

import {
  type InfiniteData,
  infiniteQueryOptions,
  type QueryClient,
  queryOptions,
  useInfiniteQuery,
} from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { api, http } from "@/lib/api/client";
import { ApiError } from "@/lib/api/errors";
import type { Ticket, TicketPage } from "@/lib/api/types";

const PAGE = 500;

type CachedTickets = InfiniteData<TicketPage, string | undefined>;

/** Every ticket of the workspace. Live events keep it fresh while a screen of tickets is open. */
export function ticketsQuery(workspaceId: string) {
  return infiniteQueryOptions({
    queryKey: ["tickets", workspaceId],
    queryFn: ({ pageParam, signal }) => fetchPage(workspaceId, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last: TicketPage) => last.next_cursor ?? undefined,
  });
}

async function fetchPage(
  workspaceId: string,
  cursor: string | undefined,
  signal: AbortSignal,
): Promise<TicketPage> {
  const query = cursor === undefined ? { limit: PAGE } : { limit: PAGE, cursor };
  const { data } = await http.GET("/workspaces/{workspace_id}/tickets", {
    params: { path: { workspace_id: workspaceId }, query },
    signal,
  });
  if (!data) throw new TypeError("The answer holds no page of tickets.");
  return data;
}

/** The tickets one chat is linked to, newest first. */
export function chatTicketsQuery(workspaceId: string, chatId: string) {
  return queryOptions({
    queryKey: ["tickets", workspaceId, chatId],
    queryFn: async ({ signal }) => {
      const { data } = await http.GET("/workspaces/{workspace_id}/tickets", {
        params: { path: { workspace_id: workspaceId }, query: { chat_id: chatId, limit: PAGE } },
        signal,
      });
      return data?.tickets ?? [];
    },
  });
}

export function slaQuery(workspaceId: string) {
  const path = { workspace_id: workspaceId };
  return api.queryOptions("get", "/workspaces/{workspace_id}/ticket-sla", { params: { path } });
}

export interface LoadedTickets {
  tickets: readonly Ticket[];
  isPending: boolean;
  /** True until the last page has arrived; what is there can be used meanwhile. */
  isLoadingMore: boolean;
  error: Error | null;
  retry: () => void;
}

/** The tickets loaded so far; goes on loading until there are no more. */
export function useTickets(workspaceId: string): LoadedTickets {
  const query = useInfiniteQuery(ticketsQuery(workspaceId));
  const { hasNextPage, isFetching, isError, fetchNextPage } = query;
  useEffect(() => {
    if (hasNextPage && !isFetching && !isError) void fetchNextPage();
  }, [hasNextPage, isFetching, isError, fetchNextPage]);
  const tickets = useMemo(() => query.data?.pages.flatMap((page) => page.tickets) ?? [], [query.data]);
  return {
    tickets,
    isPending: query.isPending,
    isLoadingMore: hasNextPage,
    error: query.error,
    retry: () => void (query.data ? fetchNextPage() : query.refetch()),
  };
}

/** The ticket as cached, if it is. */
export function cachedTicket(client: QueryClient, workspaceId: string, id: string): Ticket | undefined {
  const data = client.getQueryData<CachedTickets>(ticketsQuery(workspaceId).queryKey);
  return data?.pages.flatMap((page) => page.tickets).find((each) => each.id === id);
}

/** Puts a ticket in place of the cached one, or first. */
export function putTicket(client: QueryClient, workspaceId: string, ticket: Ticket): void {
  const isKnown = cachedTicket(client, workspaceId, ticket.id) !== undefined;
  changePages(client, workspaceId, (page, index) => {
    if (!isKnown) return index === 0 ? [ticket, ...page] : page;
    return page.map((each) => (each.id === ticket.id ? ticket : each));
  });
}

/** Takes a ticket off the screen. */
export function dropTicket(client: QueryClient, workspaceId: string, id: string): void {
  changePages(client, workspaceId, (page) => page.filter((each) => each.id !== id));
}

/** One ticket as the API has it; undefined where there is none any more. */
export async function fetchTicket(workspaceId: string, id: string): Promise<Ticket | undefined> {
  try {
    const path = { workspace_id: workspaceId, ticket_id: id };
    return (await http.GET("/workspaces/{workspace_id}/tickets/{ticket_id}", { params: { path } })).data;
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return undefined;
    throw error;
  }
}

function changePages(
  client: QueryClient,
  workspaceId: string,
  how: (tickets: Ticket[], index: number) => Ticket[],
): void {
  client.setQueryData<CachedTickets>(
    ticketsQuery(workspaceId).queryKey,
    (data) =>
      data && {
        ...data,
        pages: data.pages.map((page, index) => ({ ...page, tickets: how(page.tickets, index) })),
      },
  );
}
