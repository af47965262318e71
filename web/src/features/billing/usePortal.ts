/** The payment provider's page for cards, addresses and invoices. */

import { api } from "@/lib/api/client";
import { notifyProblem } from "@/lib/notify";
import { problemText } from "@/lib/problemText";
import { useWorkspace } from "@/lib/session";

/** `open` leaves the app for that page; `isPending` until the browser is on its way. */
export function usePortal(): { open: () => void; isPending: boolean } {
  const path = { workspace_id: useWorkspace().id };
  const portal = api.useMutation("post", "/workspaces/{workspace_id}/billing/portal", {
    onSuccess: ({ url }) => window.location.assign(url),
    onError: (error) => notifyProblem(problemText(error)),
  });
  return {
    open: () => portal.mutate({ params: { path } }),
    isPending: portal.isPending || portal.isSuccess,
  };
}
