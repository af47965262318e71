/** Push messages to this browser, and to the person's others: how it stands, and turning it on and off. */

import { t } from "@lingui/core/macro";
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { api, http } from "@/lib/api/client";
import { ApiError } from "@/lib/api/errors";
import type { PushStanding } from "@/lib/api/types";
import { notifyProblem } from "@/lib/notify";
import { problemText } from "@/lib/problemText";
import { type PushHere, pushHere, subscribeHere, unsubscribeHere } from "@/lib/push";

export type PushState = "unsupported" | "blocked" | "off" | "on";

export const pushQuery = api.queryOptions("get", "/me/push");
/** Read anew whenever the person comes back: they allow and forbid it in the browser's own settings. */
export const pushHereQuery = queryOptions({
  queryKey: ["push", "here"],
  queryFn: pushHere,
  staleTime: 0,
  refetchOnWindowFocus: "always",
});

/** On is what both know of: the browser may have dropped it, and we may have been told so by its push service. */
export function stateOf(
  { isSupported, isBlocked, isSubscribed }: PushHere,
  standing: PushStanding,
): PushState {
  if (!isSupported) return "unsupported";
  if (isBlocked) return "blocked";
  return isSubscribed && standing.browsers.some(({ current }) => current) ? "on" : "off";
}

export function usePush(standing: PushStanding) {
  const client = useQueryClient();
  const settle = {
    onError: (error: unknown) => notifyProblem(wordsFor(error)),
    onSettled: () =>
      Promise.all([client.invalidateQueries(pushQuery), client.invalidateQueries(pushHereQuery)]),
  };
  const on = useMutation({ mutationFn: () => turnOn(standing), ...settle });
  const off = useMutation({ mutationFn: (id: string) => turnOff(standing, id), ...settle });
  return { turnOn: on.mutate, turnOff: off.mutate, isBusy: on.isPending || off.isPending };
}

async function turnOn({ public_key }: PushStanding): Promise<void> {
  const facts = await subscribeHere(public_key ?? "");
  if (!facts) return;
  try {
    await http.PUT("/me/push", { body: facts });
  } catch (error) {
    await unsubscribeHere();
    throw error;
  }
}

async function turnOff({ browsers }: PushStanding, id: string): Promise<void> {
  if (browsers.some((each) => each.current && each.id === id)) await unsubscribeHere();
  await http.DELETE("/me/push/{session_id}", { params: { path: { session_id: id } } });
}

/** What is no answer of ours is the browser's: it could not come by a subscription. */
function wordsFor(error: unknown): string {
  if (error instanceof ApiError) return problemText(error);
  return t`This browser could not reach its push service. Try again later.`;
}
