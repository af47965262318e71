/** Going to the payment provider's page to pay for the first seats of an interval. */

import { api } from "@/lib/api/client";
import type { Order } from "@/lib/api/types";
import { useWorkspace } from "@/lib/session";

import { rememberBuying } from "./arrival";

export function useCheckout() {
  const workspaceId = useWorkspace().id;
  const checkout = api.useMutation("post", "/workspaces/{workspace_id}/billing/checkout", {
    onSuccess: ({ url }, { body }) => {
      rememberBuying(workspaceId, body.interval);
      window.location.assign(url);
    },
  });
  const params = { path: { workspace_id: workspaceId } };
  return {
    run: (order: Order) => checkout.mutate({ params, body: order }),
    // The browser is on its way once the address is known.
    isPending: checkout.isPending || checkout.isSuccess,
    error: checkout.error,
  };
}
