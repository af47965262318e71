/** What Owners do with seats, and what of the screen that makes old. */

import { t } from "@lingui/core/macro";
import { useQueryClient } from "@tanstack/react-query";

import { seatsQuery } from "@/features/seats/seats";
import { membersQuery } from "@/features/workspaces/members/members";
import { api, http } from "@/lib/api/client";
import { notifyDone, notifyProblem } from "@/lib/notify";
import { problemText } from "@/lib/problemText";
import { useWorkspace, workspaceQuery } from "@/lib/session";

/** Read anew who sits where, and what that lets the person at the screen do. */
function useSeatsChanged(): () => Promise<void> {
  const client = useQueryClient();
  const { id } = useWorkspace();
  return async () => {
    const queries = [seatsQuery(id), membersQuery(id), workspaceQuery(id)];
    await Promise.all(queries.map(({ queryKey }) => client.invalidateQueries({ queryKey })));
  };
}

export function useTakeSeat() {
  const changed = useSeatsChanged();
  const { id } = useWorkspace();
  const take = api.useMutation("post", "/workspaces/{workspace_id}/seats/{seat_id}/take", {
    onSuccess: async () => {
      await changed();
      notifyDone(t`The seat is yours.`);
    },
    onError: (error) => notifyProblem(problemText(error)),
  });
  return {
    isPending: take.isPending,
    run: (seatId: string) => take.mutate({ params: { path: { workspace_id: id, seat_id: seatId } } }),
  };
}

export function useAssignSeat(seatId: string): (userId: string) => Promise<void> {
  const changed = useSeatsChanged();
  const path = { workspace_id: useWorkspace().id, seat_id: seatId };
  return async (userId) => {
    await http.PUT("/workspaces/{workspace_id}/seats/{seat_id}/holder", {
      params: { path },
      body: { user_id: userId },
    });
    await changed();
  };
}

export function useFreeSeat(seatId: string): () => Promise<void> {
  const changed = useSeatsChanged();
  const path = { workspace_id: useWorkspace().id, seat_id: seatId };
  return async () => {
    await http.DELETE("/workspaces/{workspace_id}/seats/{seat_id}/holder", { params: { path } });
    await changed();
  };
}

export function useSetExtraAccounts(seatId: string): (count: number) => Promise<void> {
  const changed = useSeatsChanged();
  const path = { workspace_id: useWorkspace().id, seat_id: seatId };
  return async (count) => {
    await http.PUT("/workspaces/{workspace_id}/seats/{seat_id}/extra-accounts", {
      params: { path },
      body: { count },
    });
    await changed();
  };
}
