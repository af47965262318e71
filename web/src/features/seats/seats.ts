/** The seats of a workspace and what is paid for, as cached, and what can be read off them. */

import { useQuery } from "@tanstack/react-query";

import { api } from "@/lib/api/client";
import type { Plan, Seat } from "@/lib/api/types";
import { useWorkspace } from "@/lib/session";

/** For those who invite. */
export function seatsQuery(workspaceId: string) {
  return api.queryOptions("get", "/workspaces/{workspace_id}/seats", {
    params: { path: { workspace_id: workspaceId } },
  });
}

/** What is sold and subscribed to, for Owners. Prices come from the payment provider: it is not asked on each look. */
export function billingQuery(workspaceId: string) {
  return api.queryOptions(
    "get",
    "/workspaces/{workspace_id}/billing",
    { params: { path: { workspace_id: workspaceId } } },
    { staleTime: 300_000 },
  );
}

export function billsQuery(workspaceId: string) {
  return api.queryOptions("get", "/workspaces/{workspace_id}/billing/invoices", {
    params: { path: { workspace_id: workspaceId } },
  });
}

export function useSeats() {
  return useQuery(seatsQuery(useWorkspace().id));
}

export interface FreeSeats {
  plan: Plan;
  count: number;
  /** One of them, to give away. */
  seatId: string;
}

/** The seats nobody holds and nobody is invited into, by plan, Pro first. */
export function freeSeats(seats: readonly Seat[]): FreeSeats[] {
  return (["pro", "basic"] as const).flatMap((plan) => {
    const free = seats.filter((seat) => seat.state === "available" && seat.plan === plan);
    return free[0] ? [{ plan, count: free.length, seatId: free[0].id }] : [];
  });
}

/** The seat somebody holds and that is paid. */
export function paidSeatOf(seats: readonly Seat[], userId: string): Seat | undefined {
  return seats.find((seat) => seat.user_id === userId && seat.state === "filled");
}
