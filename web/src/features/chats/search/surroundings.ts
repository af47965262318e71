/** Loading a message's neighbours: around it, then older and newer ones as asked for. In this tab's memory only. */

import { useInfiniteQuery } from "@tanstack/react-query";
import { useLive } from "@/live/LiveProvider";
import type { Message } from "@/live/types";

const PAGE = 40;

type Asked = { around_id: number } | { before_id: number } | { after_id: number };

export interface Around {
  messages: Message[];
  isPending: boolean;
  isBusy: boolean;
  error: Error | null;
  hasOlder: boolean;
  hasNewer: boolean;
  older: () => void;
  newer: () => void;
  retry: () => void;
}

export function useSurroundings(chatId: string, messageId: number): Around {
  const live = useLive();
  const query = useInfiniteQuery({
    queryKey: ["surroundings", chatId, messageId],
    queryFn: async ({ pageParam }) => {
      const body = { chat_id: chatId, before_id: null, limit: PAGE, ...pageParam };
      const page = await live.request("chat.history", body);
      return { ...page, asked: pageParam };
    },
    initialPageParam: { around_id: messageId } as Asked,
    getPreviousPageParam: (first): Asked | undefined => {
      const oldest = first.messages[0];
      return first.has_more && oldest ? { before_id: oldest.id } : undefined;
    },
    getNextPageParam: (last): Asked | undefined => {
      const newest = last.messages.at(-1);
      return last.has_newer && newest ? { after_id: newest.id } : undefined;
    },
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
  });
  return {
    messages: query.data?.pages.flatMap((page) => page.messages) ?? [],
    isPending: query.isPending,
    isBusy: query.isFetching,
    error: query.error,
    hasOlder: query.hasPreviousPage,
    hasNewer: query.hasNextPage,
    older: () => void query.fetchPreviousPage(),
    newer: () => void query.fetchNextPage(),
    retry: () => void query.refetch(),
  };
}
