/** Ending a subscription with the period that is paid, and taking that back. */

import { t } from "@lingui/core/macro";
import { useQueryClient } from "@tanstack/react-query";

import { billingQuery } from "@/features/seats/seats";
import { api } from "@/lib/api/client";
import type { Interval } from "@/lib/api/types";
import { notifyDone, notifyProblem } from "@/lib/notify";
import { problemText } from "@/lib/problemText";
import { useWorkspace } from "@/lib/session";

export function useEnding(what: "cancellation" | "renewal", interval: Interval) {
  const workspaceId = useWorkspace().id;
  const client = useQueryClient();
  const mutation = api.useMutation("post", `/workspaces/{workspace_id}/billing/${what}`, {
    onSuccess: (billing) => {
      client.setQueryData(billingQuery(workspaceId).queryKey, billing);
      notifyDone(
        what === "renewal" ? t`The subscription goes on.` : t`The subscription ends with its period.`,
      );
    },
    onError: (error) => notifyProblem(problemText(error)),
  });
  const params = { path: { workspace_id: workspaceId } };
  return {
    isPending: mutation.isPending,
    /** `then` runs where it succeeded. */
    run: (then: () => void = () => {}) =>
      mutation.mutate({ params, body: { interval } }, { onSuccess: () => then() }),
  };
}
