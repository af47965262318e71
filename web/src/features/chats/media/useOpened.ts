/** A message's file, brought to where the browser may fetch it: at once, or with progress while that takes long. */

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ApiError } from "@/lib/api/errors";
import { useLive } from "@/live/LiveProvider";
import type { Live } from "@/live/types";

/** Links are good for five minutes. */
export const FRESH_MS = 4 * 60_000;
const LOOK_AGAIN_MS = 10_000;

export interface MediaAddress {
  readonly chatId: string;
  readonly messageId: number;
}

/** Fetches while `isWanted`; not wanting it any longer, or leaving, stops a fetch that is under way. */
export function useOpened(address: MediaAddress, isWanted: boolean) {
  const live = useLive();
  const [part, setPart] = useState(0);
  const query = useQuery({
    queryKey: ["media", address.chatId, address.messageId],
    queryFn: ({ signal }) => openMedia(live, address, signal, setPart),
    enabled: isWanted,
    staleTime: FRESH_MS,
    gcTime: FRESH_MS,
    retry: false,
    refetchOnWindowFocus: false,
  });
  const { data: url, error, isFetching, dataUpdatedAt, refetch } = query;
  return { url, error, isFetching, fetchedAt: dataUpdatedAt, part, retry: refetch };
}

/** The link to a file; `onProgress` hears from 0 to 1 how much of it was fetched. Leaving ends the worker's fetch. */
export async function openMedia(
  live: Live,
  address: MediaAddress,
  signal: AbortSignal,
  onProgress: (part: number) => void,
): Promise<string> {
  const wanted = { chat_id: address.chatId, message_id: address.messageId };
  try {
    for (;;) {
      const answer = await live.request("media.open", wanted);
      if (answer.state === "ready") return answer.url;
      signal.throwIfAborted();
      onProgress(answer.total > 0 ? answer.done / answer.total : 0);
      await nextStep(live, address, signal, onProgress);
    }
  } catch (error) {
    if (signal.aborted) void live.request("media.leave", wanted).catch(() => undefined);
    throw error;
  }
}

/** Resolves when it is worth asking for the link again. */
function nextStep(
  live: Live,
  { chatId, messageId }: MediaAddress,
  signal: AbortSignal,
  onProgress: (part: number) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (act: () => void) => {
      clearTimeout(timer);
      stop();
      signal.removeEventListener("abort", abort);
      act();
    };
    const abort = () => end(() => reject(new DOMException("left", "AbortError")));
    const timer = setTimeout(() => end(resolve), LOOK_AGAIN_MS);
    const stop = live.on("media.progress", ({ chat_id, message_id, done, total, problem }) => {
      if (chat_id !== chatId || message_id !== messageId) return;
      if (problem)
        end(() => reject(new ApiError({ ...problem, retryAfterS: problem.retry_after_s ?? undefined })));
      else if (done >= total) end(resolve);
      else onProgress(done / total);
    });
    signal.addEventListener("abort", abort);
  });
}
