/** Waiting until a chat stands in the list, and opening it: its row is written a moment after Telegram has it. */

import { useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { ApiError, isPassing } from "@/lib/api/errors";
import { notifyDone } from "@/lib/notify";
import { useWorkspace } from "@/lib/session";
import { cachedChat, refetchChat } from "../cache";

const TRIES = 20;
const TRY_EVERY_MS = 500;

/** Fetches until the chat is listed; false when it is not after 20 tries, or asking for it is refused. */
export async function untilListed(
  isListed: () => boolean,
  refetch: () => Promise<unknown>,
): Promise<boolean> {
  for (let tries = 0; tries < TRIES && !isListed(); tries++) {
    if (tries > 0) await new Promise((done) => setTimeout(done, TRY_EVERY_MS));
    try {
      await refetch();
    } catch (error) {
      if (!isNotYet(error)) return false;
    }
  }
  return isListed();
}

function isNotYet(error: unknown): boolean {
  return isPassing(error) || (error instanceof ApiError && error.status === 404);
}

export function useOpen(onDone: () => void): (chatId: string) => void {
  const navigate = useNavigate();
  const ws = useWorkspace().id;
  return (chatId) => {
    onDone();
    void navigate({ to: "/w/$ws/inbox/$chatId", params: { ws, chatId }, search: true });
  };
}

/**
 * Opens a chat that is new to the list once it stands there, and says so where that takes too long.
 *
 * Who left meanwhile is somewhere else by then, and is not taken away from it.
 */
export function useArrival(onDone: () => void): (chatId: string) => Promise<void> {
  const { t } = useLingui();
  const client = useQueryClient();
  const workspaceId = useWorkspace().id;
  const open = useOpen(onDone);
  const isHere = useIsHere();
  return async (chatId) => {
    const isListed = await untilListed(
      () => cachedChat(client, workspaceId, chatId) !== undefined,
      () => refetchChat(client, workspaceId, chatId),
    );
    if (!isHere.current) return;
    if (isListed) return open(chatId);
    notifyDone(t`Done. The chat will stand in your list in a moment.`);
    onDone();
  };
}

/** Whether the component still stands on the page. */
export function useIsHere(): { readonly current: boolean } {
  const isHere = useRef(true);
  useEffect(() => {
    isHere.current = true;
    return () => {
      isHere.current = false;
    };
  }, []);
  return isHere;
}
