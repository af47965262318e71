/** Searching one chat: pages of hits, and which of them is looked at. Words and hits are in this tab's memory only. */

import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useLive } from "@/live/LiveProvider";
import type { Message } from "@/live/types";

const PAGE = 20;

export type SearchKind = "text" | "photos" | "files" | "links";

export interface Wanted {
  words: string;
  kind: SearchKind;
}

/** Words are needed to search texts; photos, files and links are found without. */
export function isWanted({ words, kind }: Wanted): boolean {
  return kind !== "text" || words.trim() !== "";
}

export function useChatSearch(chatId: string, wanted: Wanted) {
  const live = useLive();
  const query = useInfiniteQuery({
    queryKey: ["chat-search", chatId, wanted.kind, wanted.words],
    queryFn: ({ pageParam }) =>
      live.request("chat.search", {
        chat_id: chatId,
        words: wanted.words,
        kind: wanted.kind,
        limit: PAGE,
        before_id: pageParam,
      }),
    initialPageParam: null as number | null,
    getNextPageParam: (last) => (last.has_more ? last.messages.at(-1)?.id : undefined),
    enabled: isWanted(wanted),
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
  });
  return { ...query, hits: query.data?.pages.flatMap((page) => page.messages) ?? [] };
}

export interface Walk {
  /** The hit that is looked at; -1 before the first step. */
  index: number;
  step: (by: number) => void;
  to: (index: number) => void;
}

/** Walks through the hits; at the last one known the next page is fetched. */
export function useWalk(search: ReturnType<typeof useChatSearch>, onLook: (hit: Message) => void): Walk {
  const [lookedAt, setLookedAt] = useState<number>();
  const { hits } = search;
  const index = hits.findIndex((each) => each.id === lookedAt);
  const to = (next: number) => {
    const hit = hits[next];
    if (!hit) return;
    setLookedAt(hit.id);
    onLook(hit);
    if (next === hits.length - 1 && search.hasNextPage) void search.fetchNextPage();
  };
  return { index, to, step: (by) => to(index < 0 ? 0 : index + by) };
}
