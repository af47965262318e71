/** How the person wants to be told, as cached, and its changes: shown at once, taken back where they are refused. */

import { useMutation, useQueryClient } from "@tanstack/react-query";

import { api, http } from "@/lib/api/client";
import type { NoticePreferences } from "@/lib/api/types";
import { notifyProblem } from "@/lib/notify";
import { problemText } from "@/lib/problemText";

export const preferencesQuery = api.queryOptions("get", "/me/notifications");
const KEY = preferencesQuery.queryKey;

/** One change after the other, so that what was ticked last is what stays. */
export function useSavePreferences(): (preferences: NoticePreferences) => void {
  const client = useQueryClient();
  const { mutate } = useMutation({
    scope: { id: "notification-preferences" },
    mutationFn: (body: NoticePreferences) => http.PUT("/me/notifications", { body }),
    onMutate: (body) => {
      const was = client.getQueryData(KEY);
      client.setQueryData(KEY, body);
      return was;
    },
    onError: (error, _, was) => {
      client.setQueryData(KEY, was);
      notifyProblem(problemText(error));
    },
  });
  return mutate;
}
