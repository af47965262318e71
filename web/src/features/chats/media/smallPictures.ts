/** Previews of photos and faces of chats: asked for a few at a time, kept in this tab's memory only. */

import { useQuery } from "@tanstack/react-query";
import { useLive, useLiveStatus } from "@/live/LiveProvider";
import { Turns } from "./turns";
import type { MediaAddress } from "./useOpened";

const AT_ONCE = 3;
const FACE_FRESH_MS = 60 * 60_000;
const KEPT_MS = 10 * 60_000;

const turns = new Turns(AT_ONCE);

/** A preview of a photo or video, better than the few bytes that come with the message; null where there is none. */
export function useThumb({ chatId, messageId }: MediaAddress): string | null {
  const live = useLive();
  const isOpen = useLiveStatus() === "open";
  const query = useQuery({
    queryKey: ["thumb", chatId, messageId],
    queryFn: ({ signal }) =>
      turns.take(signal, () => live.request("media.thumb", { chat_id: chatId, message_id: messageId })),
    enabled: isOpen,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: KEPT_MS,
    retry: false,
  });
  return query.data?.data ?? null;
}

/** The picture of a chat that this person may read; null where it has none. */
export function useFace(chatId: string, isReadable: boolean): string | null {
  const live = useLive();
  const isOpen = useLiveStatus() === "open";
  const query = useQuery({
    queryKey: ["face", chatId],
    queryFn: ({ signal }) => turns.take(signal, () => live.request("chat.face", { chat_id: chatId })),
    enabled: isReadable && isOpen,
    staleTime: FACE_FRESH_MS,
    gcTime: FACE_FRESH_MS,
    retry: false,
    refetchOnWindowFocus: false,
  });
  return query.data?.data ?? null;
}
